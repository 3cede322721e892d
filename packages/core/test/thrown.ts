/** What a function throws, for tests in which it may also return. */

/** The class of what `run` throws; `undefined` where it returns, `"no error"` for what is none. */
export function thrownClass(run: () => unknown): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.constructor : "no error";
  }
}
