/** Where MessagePack is put: numbers and heads, each in its shortest form. */

/** A growing buffer that is written to at its end. */
export interface Sink {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Where the next byte goes. */
  at: number;
  /** Makes room for so many more bytes: `bytes` and `view` are others afterwards. */
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
    to.view.setUint32(at + 1, value);
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
  const { bytes, view, at } = to;
  if (!Number.isSafeInteger(value)) {
    bytes[at] = 0xcb;
    view.setFloat64(at + 1, value);
    to.at = at + 9;
  } else if (value >= -0x20 && value < 0) {
    bytes[at] = value; // its last byte is what a negative fixint is
    to.at = at + 1;
  } else if (value >= -0x80 && value < 0) {
    bytes[at] = 0xd0;
    view.setInt8(at + 1, value);
    to.at = at + 2;
  } else if (value >= -0x8000 && value < 0) {
    bytes[at] = 0xd1;
    view.setInt16(at + 1, value);
    to.at = at + 3;
  } else if (value >= -0x8000_0000 && value < 0) {
    bytes[at] = 0xd2;
    view.setInt32(at + 1, value);
    to.at = at + 5;
  } else {
    bytes[at] = value < 0 ? 0xd3 : 0xcf;
    view.setInt32(at + 1, Math.floor(value / 0x1_0000_0000));
    view.setUint32(at + 5, value); // modulo 2^32
    to.at = at + 9;
  }
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
    to.view.setUint32(at + 1, length);
    to.at = at + 5;
  }
}

/** The head of a length: `first` for one byte of it, the next for two, the one after for four. */
export function putLengthHead(to: Sink, length: number, first: number): void {
  if (to.at + 5 > to.bytes.length) to.grow(5);
  const { bytes, view, at } = to;
  if (length < 0x100) {
    bytes[at] = first;
    bytes[at + 1] = length;
    to.at = at + 2;
  } else if (length < 0x1_0000) {
    bytes[at] = first + 1;
    view.setUint16(at + 1, length);
    to.at = at + 3;
  } else {
    bytes[at] = first + 2;
    view.setUint32(at + 1, length);
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
