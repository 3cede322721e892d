/** Where MessagePack is read: numbers, texts, bytes and heads. */
import { boundless, endOfValue } from "./byte-budget.ts";
import { utf8Decoder } from "./utf8.ts";
import { cutOff, WireError } from "./wire-error.ts";

/** A text this short is read character by character; more at once costs a call into the engine. */
const shortBytes = 24;
/** The longest text whose head is one byte. */
const shortText = 31;
/** Where the bytes of a float become a number: filled and read within one function. */
const float = new DataView(new ArrayBuffer(8));

/** Bytes that are read from front to back. */
export class Source {
  bytes: Uint8Array;
  /** Where the next byte is. */
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** A number in any form; NaN, with nothing read, for what is none. */
  nextNumber(): number {
    const head = this.bytes[this.at] ?? 0xc1;
    if (head < 0x80) {
      this.at += 1;
      return head;
    }
    return this.longNumber(head);
  }

  /** A number that does not stand in one byte behind 0x7f, whose head was looked at. */
  longNumber(head: number): number {
    if (head >= 0xe0) {
      this.at += 1;
      return head - 0x100;
    }
    if (head < 0xca || head > 0xd3) return NaN;
    this.at += 1;
    if (head === 0xca) return this.#float32();
    if (head === 0xcb) return this.#float64();
    const count = 1 << ((head - 0xcc) & 3);
    if (count === 8) {
      const high = this.unsigned(4);
      return (head === 0xd3 ? high | 0 : high) * 0x1_0000_0000 + this.unsigned(4);
    }
    const value = this.unsigned(count);
    if (head < 0xd0 || value < 2 ** (count * 8 - 1)) return value;
    return value - 2 ** (count * 8);
  }

  /** An unsigned number of one, two or four bytes. */
  unsigned(count: number): number {
    const { bytes, at } = this;
    const end = at + count;
    if (end > bytes.length) throw cutOff();
    this.at = end;
    if (count === 4) return word(bytes, at) >>> 0;
    const first = bytes[at] ?? 0;
    return count === 2 ? (first << 8) | (bytes[at + 1] ?? 0) : first;
  }

  /** The length of a list; -1, with nothing read, for whatever else stands here. */
  listHead(): number {
    const head = this.bytes[this.at] ?? 0xc1;
    if (head >= 0x90 && head <= 0x9f) {
      this.at += 1;
      return head & 0x0f;
    }
    if (head !== 0xdc && head !== 0xdd) return -1;
    this.at += 1;
    return this.unsigned(head === 0xdc ? 2 : 4);
  }

  /** The length behind a head: `first` for one byte of it, the next for two, the one after for four; -1 for others. */
  lengthHead(first: number): number {
    const width = (this.bytes[this.at] ?? 0) - first;
    if (width < 0 || width > 2) return -1;
    this.at += 1;
    return this.unsigned(1 << width);
  }

  /** How many bytes the text takes that stands here; -1, with nothing read, for whatever else does. */
  textHead(): number {
    const head = this.bytes[this.at] ?? 0xc1;
    if ((head & 0xe0) !== 0xa0) return this.lengthHead(0xd9);
    this.at += 1;
    return head & 0x1f;
  }

  /** So many bytes, as a text. */
  takeText(length: number): string {
    const short = length <= shortBytes ? asciiOf(this.bytes, this.at, this.at + length) : undefined;
    if (short === undefined) return textOf(this.take(length));
    this.at += length;
    return short;
  }

  /** A text; `undefined`, with nothing read, for whatever else stands here. */
  nextText(): string | undefined {
    const length = this.textHead();
    return length < 0 ? undefined : this.takeText(length);
  }

  /** Passes a short ASCII text that stands here, and nothing else; says whether it did. */
  skipText(text: string): boolean {
    const { bytes, at } = this;
    const { length } = text;
    if (length > shortText || bytes[at] !== (0xa0 | length)) return false;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f || bytes[at + 1 + index] !== code) return false;
    }
    this.at = at + 1 + length;
    return true;
  }

  /** Bytes, as a view; `undefined`, with nothing read, for whatever else stands here. */
  nextBytes(): Uint8Array | undefined {
    const length = this.lengthHead(0xc4);
    return length < 0 ? undefined : this.take(length);
  }

  /** The bytes of any value, as a view. For what was walked already. */
  nextValue(): Uint8Array {
    return this.take(endOfValue(this.bytes, this.at, boundless) - this.at);
  }

  /** So many bytes, as they are. */
  take(count: number): Uint8Array {
    const end = this.at + count;
    if (end > this.bytes.length) throw cutOff();
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  #float64(): number {
    const { bytes, at } = this;
    if (at + 8 > bytes.length) throw cutOff();
    float.setInt32(0, word(bytes, at));
    float.setInt32(4, word(bytes, at + 4));
    this.at = at + 8;
    return float.getFloat64(0);
  }

  #float32(): number {
    float.setUint32(0, this.unsigned(4));
    return float.getFloat32(0);
  }
}

function word(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  return (a << 24) | (b << 16) | (c << 8) | d;
}

/** A short text; undefined where it is not ASCII, or cut off. */
function asciiOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  let seen = 0;
  for (let at = start; at < end; at += 1) seen |= bytes[at] ?? 0xff;
  if (seen > 0x7f) return undefined;
  let text = "";
  let at = start;
  for (; at + 16 <= end; at += 16) text += sixteenAt(bytes, at);
  const left = end - at;
  if (left === 0) return text;
  return text + (left > 8 ? sixteenAt(bytes, at) : eightAt(bytes, at)).slice(0, left);
}

/** Written out: one call for so many characters, some of which are cut off again, takes half as long as one for each four. */
function sixteenAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(
    bytes[at] ?? 0,
    bytes[at + 1] ?? 0,
    bytes[at + 2] ?? 0,
    bytes[at + 3] ?? 0,
    bytes[at + 4] ?? 0,
    bytes[at + 5] ?? 0,
    bytes[at + 6] ?? 0,
    bytes[at + 7] ?? 0,
    bytes[at + 8] ?? 0,
    bytes[at + 9] ?? 0,
    bytes[at + 10] ?? 0,
    bytes[at + 11] ?? 0,
    bytes[at + 12] ?? 0,
    bytes[at + 13] ?? 0,
    bytes[at + 14] ?? 0,
    bytes[at + 15] ?? 0,
  );
}

function eightAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(
    bytes[at] ?? 0,
    bytes[at + 1] ?? 0,
    bytes[at + 2] ?? 0,
    bytes[at + 3] ?? 0,
    bytes[at + 4] ?? 0,
    bytes[at + 5] ?? 0,
    bytes[at + 6] ?? 0,
    bytes[at + 7] ?? 0,
  );
}

function textOf(bytes: Uint8Array): string {
  try {
    return utf8Decoder.decode(bytes);
  } catch (error) {
    throw new WireError(`a text is not UTF-8: ${String(error)}`);
  }
}
