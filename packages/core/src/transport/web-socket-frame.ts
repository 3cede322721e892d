/** What heads a frame of a WebSocket (RFC 6455, section 5.2), for messages of at most 64 KiB that are one frame. */

/** A whole text, and whole bytes: the last frame of a message, without extensions. */
export const wholeText = 0x81;
export const wholeBytes = 0x82;

/** Set beside a length where the peer is a client, which masks: by four bytes behind the head. */
export const maskBit = 0x80;
export const maskBytes = 4;

/** The first length that stands in two bytes of its own, and the sign for it. */
export const longLength = 126;
/** The sign for a length in eight bytes. */
export const longestLength = 127;

/** How many bytes the head of such a message takes, without the mask. */
export function headBytes(length: number): number {
  return length < longLength ? 2 : 4;
}

/**
 * Writes a head to the beginning of a frame.
 *
 * @param first {@link wholeText} or {@link wholeBytes}.
 * @param mask {@link maskBit} or 0.
 */
export function putHead(frame: Uint8Array, first: number, length: number, mask: number): void {
  frame[0] = first;
  if (length < longLength) frame[1] = mask | length;
  else {
    frame[1] = mask | longLength;
    frame[2] = length >> 8;
    frame[3] = length; // its lower byte
  }
}

/** Masks the body of a frame where it stands, right behind its mask; or takes the mask off again, which is the same (RFC 6455, section 5.3). */
export function applyMask(frame: Uint8Array, body: number): void {
  const mask = body - maskBytes;
  for (let at = body; at < frame.length; at++) {
    frame[at] = (frame[at] ?? 0) ^ (frame[mask + ((at - body) & 3)] ?? 0);
  }
}
