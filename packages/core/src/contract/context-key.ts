/** Typed places in a context for what middleware finds out and handlers use. */

/** A place in a context for a value of one type. Two keys are never the same, whatever their names. */
export interface ContextKey<T> {
  /** For people who debug. */
  readonly name: string;
  /** What `context.get` returns while nobody has set it. */
  readonly initial: T;
}

/** Makes a key. Do so once, at the top of a module, and share it between the middleware and the handlers. */
export function contextKey<T>(name: string, initial: T): ContextKey<T> {
  return Object.freeze({ name, initial });
}
