/** Where MessagePack is put: numbers and heads, each in its shortest form. */
import { float, floatBytes } from "./float.ts";

/** A growing buffer that is written to at its end. */
export interface Sink {
  readonly bytes: Uint8Array;
  /** Where the next byte goes. */
  at: number;
  /** Makes room for so many more bytes: `bytes` are others afterwards. */
  grow(count: number): void;
}

/** One byte as it is; of a larger number its last one. */
export function putByte(to: Sink, byte: number): void {
  if (to.at === to.bytes.length) to.grow(1);
  to.bytes[to.at] = byte;
  to.at += 1;
}

/** A head and one byte. */
function put8(to: Sink, head: number, value: number): void {
  if (to.at + 2 > to.bytes.length) to.grow(2);
  const { bytes, at } = to;
  bytes[at] = head;
  bytes[at + 1] = value;
  to.at = at + 2;
}

/** A head and two bytes, the greater first: the number modulo 2^16. */
function put16(to: Sink, head: number, value: number): void {
  if (to.at + 3 > to.bytes.length) to.grow(3);
  const { bytes, at } = to;
  bytes[at] = head;
  bytes[at + 1] = value >> 8;
  bytes[at + 2] = value;
  to.at = at + 3;
}

/** A head and four bytes, the greatest first: the number modulo 2^32. */
function put32(to: Sink, head: number, value: number): void {
  if (to.at + 5 > to.bytes.length) to.grow(5);
  const { bytes, at } = to;
  bytes[at] = head;
  bytes[at + 1] = value >>> 24;
  bytes[at + 2] = value >>> 16;
  bytes[at + 3] = value >>> 8;
  bytes[at + 4] = value;
  to.at = at + 5;
}

/** A whole number from 0 to 2^32 - 1: a length, an index, a set of bits. */
export function putCount(to: Sink, value: number): void {
  if (value < 0x80) putByte(to, value);
  else putLengthHead(to, value, 0xcc);
}

/** A number: an int form where it is whole and within ±(2^53 - 1), float 64 otherwise. */
export function putNumber(to: Sink, value: number): void {
  if (Math.floor(value) !== value || value > 0xffff_ffff || value < 0) putOther(to, value);
  else putCount(to, value);
}

function putOther(to: Sink, value: number): void {
  if (!Number.isSafeInteger(value)) putFloat(to, value);
  else if (value >= -0x20 && value < 0) putByte(to, value);
  else if (value >= -0x80 && value < 0) put8(to, 0xd0, value);
  else if (value >= -0x8000 && value < 0) put16(to, 0xd1, value);
  else if (value >= -0x8000_0000 && value < 0) put32(to, 0xd2, value);
  else {
    put32(to, value < 0 ? 0xd3 : 0xcf, Math.floor(value / 0x1_0000_0000));
    put32(to, value >>> 24, value << 8); // its four bytes, and one too many
    to.at -= 1;
  }
}

function putFloat(to: Sink, value: number): void {
  float.setFloat64(0, value);
  putByte(to, 0xcb);
  putRaw(to, floatBytes);
}

/** The head of a list. */
export function putListHead(to: Sink, length: number): void {
  if (length < 16) putByte(to, 0x90 | length);
  else if (length < 0x1_0000) put16(to, 0xdc, length);
  else put32(to, 0xdd, length);
}

/** The head of a length: `first` for one byte of it, the next for two, the one after for four. */
export function putLengthHead(to: Sink, length: number, first: number): void {
  if (length < 0x100) put8(to, first, length);
  else if (length < 0x1_0000) put16(to, first + 1, length);
  else put32(to, first + 2, length);
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
