/** Names of properties that an engine takes for the indices of an array: what a peer chooses them for is memory. */

/** The greatest index. V8 keeps an object that has it as a table for good, and so what comes next into it. */
const farthest = 4_294_967_294;

/**
 * Whether a name may be an index beyond the tenth. A few that are none count, too.
 *
 * Below that V8 makes room for no more than a name of any other kind takes.
 */
export function isIndexName(name: string): boolean {
  if (name.length < 2 || name.length > 10) return false;
  const [first, second] = [name.charCodeAt(0), name.charCodeAt(1)];
  return first > 0x30 && first <= 0x39 && second >= 0x30 && second <= 0x39;
}

/**
 * Has an object keep a property of this name, which is assigned next, in no more memory than it takes.
 *
 * V8 lays indices out as an array, with room for all those before and half as many again: `{"1000": 1}` is 7 bytes of
 * a message and was 12 kB, so that one message of 600 kB took two gigabytes.
 */
export function expectName(object: Record<string, unknown>, name: string): void {
  if (!isIndexName(name)) return;
  object[farthest] = undefined;
  delete object[farthest];
}

/** Sets a property of a name that a peer may have chosen, but `__proto__`: see {@link expectName}. */
export function setProperty(object: Record<string, unknown>, name: string, value: unknown): void {
  expectName(object, name);
  object[name] = value;
}
