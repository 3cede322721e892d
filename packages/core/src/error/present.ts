/** Objects without the members that are undefined. */

/** `T`, with those members optional that may be undefined. */
export type Present<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/**
 * A copy without the members that are `undefined`: absent and undefined are two things on the wire and under
 * `exactOptionalPropertyTypes`.
 */
export function present<T extends object>(object: T): Present<T> {
  const kept: Record<string, unknown> = {};
  for (const name in object) if (object[name] !== undefined) kept[name] = object[name];
  // Leaving out exactly the members that are undefined is what the type says.
  return kept as Present<T>;
}
