/** Functions that are made of text at run time. Pages forbid that, and so may a server: everything that uses it has another way. */

/** A function that a text makes, with what it was given. */
export type TextFunction = (...given: readonly unknown[]) => unknown;

/** Whether functions may be made of text here. Asked each time: a policy may come later. */
export function mayCompile(): boolean {
  try {
    return functionOf("return true")() === true;
  } catch {
    return false;
  }
}

/**
 * The one place that turns text into a function. The last text is its body, those before are the names of what it is given.
 * Names out of schemas and messages stand in a body only as {@link quoted}.
 */
export function functionOf(...texts: readonly string[]): TextFunction {
  // oxlint-disable-next-line typescript/no-implied-eval, eslint/no-new-func -- that is what this function is for
  return new Function(...texts) as TextFunction; // what a body returns is for its author to say
}

/** A text as a literal in a program. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
