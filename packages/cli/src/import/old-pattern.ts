/** Regular expressions of documents that somebody else wrote. */

/** Whether a text is a regular expression of the kind that contracts have: Unicode, as in ECMAScript. */
export function isPattern(text: string): boolean {
  return isExpression(text, "u");
}

/** Whether a text is a regular expression of ECMAScript at all: older ones were written without Unicode. */
export function isOldPattern(text: string): boolean {
  return isExpression(text, "");
}

function isExpression(text: string, flags: string): boolean {
  try {
    return new RegExp(text, flags).source !== "";
  } catch {
    return false;
  }
}
