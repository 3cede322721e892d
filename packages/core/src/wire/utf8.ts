/** UTF-8 (RFC 3629) without a decoder: whether bytes are well-formed, and how many bytes a text takes. */

/**
 * Whether `bytes[start, end)` is well-formed UTF-8: no overlong forms, no surrogates, nothing past U+10FFFF.
 *
 * The MessagePack library decodes leniently, and differently for short and long texts, so the same bytes
 * could mean two things to two checks.
 */
export function isUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  let at = asciiEnd(bytes, start, end);
  while (at < end) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at += 1;
      continue;
    }
    const length = sequenceLength(lead);
    if (length === 0 || at + length > end) return false;
    if (!isSecond(lead, bytes[at + 1] ?? 0)) return false;
    for (let next = at + 2; next < at + length; next += 1) {
      if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return false;
    }
    at += length;
  }
  return true;
}

/** Where ASCII ends, eight bytes at a time: most texts are nothing else. */
function asciiEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (; at + 8 <= end; at += 8) {
    const four =
      (bytes[at] ?? 0) | (bytes[at + 1] ?? 0) | (bytes[at + 2] ?? 0) | (bytes[at + 3] ?? 0);
    const more =
      (bytes[at + 4] ?? 0) | (bytes[at + 5] ?? 0) | (bytes[at + 6] ?? 0) | (bytes[at + 7] ?? 0);
    if ((four | more) > 0x7f) return at;
  }
  return at;
}

function sequenceLength(lead: number): number {
  if (lead < 0xc2) return 0; // a continuation byte, or an overlong form of ASCII
  if (lead < 0xe0) return 2;
  if (lead < 0xf0) return 3;
  return lead < 0xf5 ? 4 : 0;
}

/** The second byte carries the exceptions: RFC 3629, section 4. */
function isSecond(lead: number, second: number): boolean {
  switch (lead) {
    case 0xe0:
      return second >= 0xa0 && second <= 0xbf;
    case 0xed:
      return second >= 0x80 && second <= 0x9f;
    case 0xf0:
      return second >= 0x90 && second <= 0xbf;
    case 0xf4:
      return second >= 0x80 && second <= 0x8f;
    default:
      return second >= 0x80 && second <= 0xbf;
  }
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
