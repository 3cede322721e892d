/** Iterators of whatever can be iterated, at once or over time. */

/** What `for await` takes one item after the other from. */
export type AnyIterator = Iterator<unknown, unknown> | AsyncIterator<unknown, unknown>;

/** An iterator of a source, or `undefined` where it cannot be iterated. */
export function iteratorOf(source: unknown): AnyIterator | undefined {
  if (typeof source !== "object" || source === null) return undefined;
  const start: unknown =
    Reflect.get(source, Symbol.asyncIterator) ?? Reflect.get(source, Symbol.iterator);
  // What an object has under either symbol makes iterators, by the language's own contract.
  return typeof start === "function" ? (start.call(source) as AnyIterator) : undefined;
}
