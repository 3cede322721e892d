/** The names of payload encodings, which a handshake agrees on one of. */

/** An encoding of payloads. */
export type Encoding = "positional" | "msgpack";

/**
 * The payload encodings that a server speaks. A client says which of them it likes best.
 *
 * `positional`: both sides hold the negotiated release, so values travel by position, without their names. `msgpack`:
 * ordinary MessagePack, objects as maps with their property names, for clients that have no codec.
 */
export const encodings: readonly Encoding[] = ["positional", "msgpack"];

/** What this project's client offers: each of its contracts brings its codec along. */
export const offeredEncodings: readonly Encoding[] = ["positional"];

/** Whether a name, from wherever, is that of an encoding. */
export function isEncoding(name: string): name is Encoding {
  const names: readonly string[] = encodings;
  return names.includes(name);
}
