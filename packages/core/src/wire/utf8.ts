/** UTF-8 (RFC 3629): whether bytes are well-formed, and how many bytes a text takes. */

/** Where UTF-8 becomes text: overlong forms, surrogates and what is past U+10FFFF throw. */
export const utf8Decoder: Pick<TextDecoder, "decode"> = new TextDecoder("utf-8", {
  fatal: true,
  ignoreBOM: true,
});

/**
 * Whether `bytes[start, end)` is well-formed UTF-8.
 *
 * The MessagePack library decodes leniently, and differently for short and long texts, so the same bytes
 * could mean two things to two checks.
 */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && (bytes[at] ?? 0) < 0x80) at += 1;
  if (at === end) return true;
  try {
    utf8Decoder.decode(bytes.subarray(at, end));
    return true;
  } catch {
    return false;
  }
}

/**
 * Where the ASCII ends that begins at `start`, or up to seven bytes before that: eight bytes at a time.
 *
 * A view takes as long as fifty bytes looked at one by one, so it is for long texts, and one for all of a message.
 */
export function asciiUntil(view: DataView, start: number, end: number): number {
  let at = start;
  while (at + 8 <= end && ((view.getUint32(at) | view.getUint32(at + 4)) & 0x8080_8080) === 0)
    at += 8;
  return at;
}

/** How many bytes a text takes as UTF-8. Half a surrogate pair counts as the three bytes of its replacement. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0x7f) length += code > 0x7ff ? 2 : 1;
    if (code > 0xffff) at += 1; // four bytes where the pair counted as two
  }
  return length;
}
