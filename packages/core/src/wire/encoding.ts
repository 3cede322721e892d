/** The names of payload encodings, which a handshake agrees on one of. */

/**
 * The payload encodings that this library speaks, most preferred first.
 *
 * `msgpack`: a value as ordinary MessagePack, objects as maps with their property names. A positional encoding,
 * which leaves the names out, can join this list without a new wire revision.
 */
export const encodings: readonly string[] = ["msgpack"];
