/** JSON of every type, for every member that a peer may fill. */

/** One value of each type that JSON has, and of each that hurts. */
export const hostileValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  "",
  "text",
  "x".repeat(5_000),
  "\ud83d",
  "javascript:alert(1)",
  [],
  [null],
  [[]],
  [{}],
  [1, "a", null, {}, []],
  {},
  { name: 1 },
  { length: 1e9 },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
  JSON.parse(`${"[".repeat(2_000)}${"]".repeat(2_000)}`),
];

/** The message once for each of its places and each hostile value in that place. */
export function* withEachPlaceReplaced(message: unknown): Generator<unknown, void, undefined> {
  yield* hostileValues;
  if (Array.isArray(message)) {
    for (const [at, element] of message.entries()) {
      for (const replaced of withEachPlaceReplaced(element)) yield message.with(at, replaced);
    }
  } else if (typeof message === "object" && message !== null) {
    for (const [name, member] of Object.entries(message)) {
      for (const replaced of withEachPlaceReplaced(member)) {
        yield { ...message, [name]: replaced };
      }
    }
  }
}
