/** Whether a text passes a regular expression, also one that is more than the engine can look at. */

/** Whether a text matches. One that is too long for the engine's stack, as it is for some expressions, does not. */
export function isMatch(expression: RegExp, text: string): boolean {
  try {
    return expression.test(text);
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
