/** What a socket or a port delivered, as a message. */

/**
 * Stands in for data that is neither text nor bytes: the one byte that MessagePack never uses.
 *
 * No frame of any revision begins with it, so whoever receives it closes, with the code that fits to what it waits for.
 */
const unreadable = Uint8Array.of(0xc1);

/**
 * A message from whatever data a runtime hands out. Never throws.
 *
 * Bytes are a plain `Uint8Array` over memory of their own: a Buffer's `slice` is a view where everybody else's is a
 * copy, a view into a larger buffer would pin all of it, and shared memory could be changed by the peer while it is read.
 */
export function messageFrom(data: unknown): string | Uint8Array {
  if (typeof data === "string") return data;
  if (data instanceof ArrayBuffer) return new Uint8Array(data);
  if (!(data instanceof Uint8Array) || !(data.buffer instanceof ArrayBuffer)) return unreadable;
  const { buffer, byteOffset, byteLength } = data;
  const isWhole = byteLength === buffer.byteLength;
  return isWhole
    ? new Uint8Array(buffer)
    : new Uint8Array(buffer.slice(byteOffset, byteOffset + byteLength));
}
