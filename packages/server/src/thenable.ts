/** Whether something has to be awaited. */

/** What `await` would wait for; everything else is there already. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof Promise || ("then" in value && typeof value.then === "function");
}

/** Nobody hears what it may reject with, which would end the process. What is no promise is let go of as well. */
export function disown(value: unknown): void {
  if (isThenable(value)) Promise.resolve(value).catch(() => undefined);
}

/**
 * What was made where nobody waits: one that is rejected would take the process with it.
 *
 * @throws TypeError for a promise.
 */
export function atOnce<T>(made: T, who = "it"): T {
  if (!isThenable(made)) return made;
  disown(made);
  throw new TypeError(`${who} made a promise, and has to answer at once`);
}

/** The same, which nobody has to hear. */
export function disowned<T>(value: T): T {
  disown(value);
  return value;
}
