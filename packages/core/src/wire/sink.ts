/** Where MessagePack is put: numbers and heads, each in its shortest form. */

/** Where a number becomes the bytes of a float: filled and read within one function. */
const float = new DataView(new ArrayBuffer(8));

/** A growing buffer that is written to at its end. */
export interface Sink {
  readonly bytes: Uint8Array;
  /** Where the next byte goes. */
  at: number;
  /** Makes room for so many more bytes: `bytes` are others afterwards. */
  grow(count: number): void;
}

/** One byte as it is. */
export function putByte(to: Sink, byte: number): void {
  if (to.at === to.bytes.length) to.grow(1);
  to.bytes[to.at] = byte;
  to.at += 1;
}

/** A whole number from 0 to 2^32 - 1: a length, an index, a set of bits. */
export function putCount(to: Sink, value: number): void {
  if (to.at + 5 > to.bytes.length) to.grow(5);
  const { bytes, at } = to;
  if (value < 0x80) {
    bytes[at] = value;
    to.at = at + 1;
  } else if (value < 0x100) {
    bytes[at] = 0xcc;
    bytes[at + 1] = value;
    to.at = at + 2;
  } else if (value < 0x1_0000) {
    bytes[at] = 0xcd;
    bytes[at + 1] = value >> 8;
    bytes[at + 2] = value;
    to.at = at + 3;
  } else {
    bytes[at] = 0xce;
    setWord(bytes, at + 1, value);
    to.at = at + 5;
  }
}

/** A number: an int form where it is whole and within ±(2^53 - 1), float 64 otherwise. */
export function putNumber(to: Sink, value: number): void {
  if (Math.floor(value) !== value || value > 0xffff_ffff || value < 0) putOther(to, value);
  else putCount(to, value);
}

function putOther(to: Sink, value: number): void {
  if (to.at + 9 > to.bytes.length) to.grow(9);
  const { bytes, at } = to;
  if (!Number.isSafeInteger(value)) {
    bytes[at] = 0xcb;
    float.setFloat64(0, value);
    setWord(bytes, at + 1, float.getInt32(0));
    setWord(bytes, at + 5, float.getInt32(4));
    to.at = at + 9;
  } else if (value >= -0x20 && value < 0) {
    bytes[at] = value; // its last byte is what a negative fixint is
    to.at = at + 1;
  } else if (value >= -0x80 && value < 0) {
    bytes[at] = 0xd0;
    bytes[at + 1] = value; // modulo 2^8
    to.at = at + 2;
  } else if (value >= -0x8000 && value < 0) {
    bytes[at] = 0xd1;
    bytes[at + 1] = value >> 8;
    bytes[at + 2] = value;
    to.at = at + 3;
  } else if (value >= -0x8000_0000 && value < 0) {
    bytes[at] = 0xd2;
    setWord(bytes, at + 1, value);
    to.at = at + 5;
  } else {
    bytes[at] = value < 0 ? 0xd3 : 0xcf;
    setWord(bytes, at + 1, Math.floor(value / 0x1_0000_0000));
    setWord(bytes, at + 5, value);
    to.at = at + 9;
  }
}

/** Four bytes, the greatest first: the number modulo 2^32. */
function setWord(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/** The head of a list. */
export function putListHead(to: Sink, length: number): void {
  if (to.at + 5 > to.bytes.length) to.grow(5);
  const { bytes, at } = to;
  if (length < 16) {
    bytes[at] = 0x90 | length;
    to.at = at + 1;
  } else if (length < 0x1_0000) {
    bytes[at] = 0xdc;
    bytes[at + 1] = length >> 8;
    bytes[at + 2] = length;
    to.at = at + 3;
  } else {
    bytes[at] = 0xdd;
    setWord(bytes, at + 1, length);
    to.at = at + 5;
  }
}

/** The head of a length: `first` for one byte of it, the next for two, the one after for four. */
export function putLengthHead(to: Sink, length: number, first: number): void {
  if (to.at + 5 > to.bytes.length) to.grow(5);
  const { bytes, at } = to;
  if (length < 0x100) {
    bytes[at] = first;
    bytes[at + 1] = length;
    to.at = at + 2;
  } else if (length < 0x1_0000) {
    bytes[at] = first + 1;
    bytes[at + 1] = length >> 8;
    bytes[at + 2] = length;
    to.at = at + 3;
  } else {
    bytes[at] = first + 2;
    setWord(bytes, at + 1, length);
    to.at = at + 5;
  }
}

/** Bytes: bin. */
export function putBytes(to: Sink, value: Uint8Array): void {
  putLengthHead(to, value.length, 0xc4);
  putRaw(to, value);
}

/** Bytes that are MessagePack already. */
export function putRaw(to: Sink, bytes: Uint8Array): void {
  const { length } = bytes;
  if (to.at + length > to.bytes.length) to.grow(length);
  to.bytes.set(bytes, to.at);
  to.at += length;
}
