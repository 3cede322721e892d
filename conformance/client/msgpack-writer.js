/** Writing MessagePack: docs/protocol/values.md, no more than that. */

const utf8 = new TextEncoder();

/**
 * A value as MessagePack.
 *
 * @param {unknown} value
 * @returns {Uint8Array}
 */
export function encode(value) {
  /** @type {number[]} */
  const out = [];
  write(value, out);
  return Uint8Array.from(out);
}

/**
 * @param {unknown} value
 * @param {number[]} out
 */
function write(value, out) {
  if (value === null || value === undefined) out.push(0xc0);
  else if (value === false) out.push(0xc2);
  else if (value === true) out.push(0xc3);
  else if (typeof value === "number") writeNumber(value, out);
  else if (typeof value === "string")
    writeBlock(utf8.encode(value), [0xa0, 31, 0xd9, 0xda, 0xdb], out);
  else if (typeof value === "bigint") writeExtension(1, utf8.encode(String(value)), out);
  else if (value instanceof Uint8Array) writeBlock(value, [0, -1, 0xc4, 0xc5, 0xc6], out);
  else if (value instanceof Date) writeExtension(-1, timestamp(value), out);
  else if (Array.isArray(value)) {
    writeHead(value.length, [0x90, 15, -1, 0xdc, 0xdd], out);
    for (const element of value) write(element, out);
  } else if (typeof value === "object") {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    writeHead(entries.length, [0x80, 15, -1, 0xde, 0xdf], out);
    for (const [name, member] of entries) {
      write(name, out);
      write(member, out);
    }
  } else throw new TypeError(`A ${typeof value} cannot travel.`);
}

/**
 * @param {number} value
 * @param {number[]} out
 */
function writeNumber(value, out) {
  if (!Number.isSafeInteger(value))
    return pushed(out, 0xcb, 8, (view) => view.setFloat64(0, value));
  if (value >= 0) {
    if (value < 0x80) return void out.push(value);
    if (value < 0x100) return void out.push(0xcc, value);
    if (value < 0x10000) return pushed(out, 0xcd, 2, (view) => view.setUint16(0, value));
    if (value < 0x100000000) return pushed(out, 0xce, 4, (view) => view.setUint32(0, value));
    return pushed(out, 0xcf, 8, (view) => view.setBigUint64(0, BigInt(value)));
  }
  if (value >= -0x20) return void out.push(0x100 + value);
  if (value >= -0x80) return pushed(out, 0xd0, 1, (view) => view.setInt8(0, value));
  if (value >= -0x8000) return pushed(out, 0xd1, 2, (view) => view.setInt16(0, value));
  if (value >= -0x80000000) return pushed(out, 0xd2, 4, (view) => view.setInt32(0, value));
  return pushed(out, 0xd3, 8, (view) => view.setBigInt64(0, BigInt(value)));
}

/**
 * The head of something that has a length: in the byte itself, or behind it in 1, 2 or 4 bytes.
 *
 * @param {number} length
 * @param {readonly [fixed: number, most: number, one: number, two: number, four: number]} forms
 * @param {number[]} out
 */
function writeHead(length, [fixed, most, one, two, four], out) {
  if (length <= most) out.push(fixed | length);
  else if (one >= 0 && length < 0x100) out.push(one, length);
  else if (length < 0x10000) pushed(out, two, 2, (view) => view.setUint16(0, length));
  else pushed(out, four, 4, (view) => view.setUint32(0, length));
}

/**
 * @param {Uint8Array} bytes
 * @param {readonly [number, number, number, number, number]} forms
 * @param {number[]} out
 */
function writeBlock(bytes, forms, out) {
  writeHead(bytes.length, forms, out);
  for (const byte of bytes) out.push(byte);
}

/**
 * @param {number} type
 * @param {Uint8Array} bytes
 * @param {number[]} out
 */
function writeExtension(type, bytes, out) {
  const fixed = [1, 2, 4, 8, 16].indexOf(bytes.length);
  if (fixed >= 0) out.push(0xd4 + fixed);
  else writeHead(bytes.length, [0, -1, 0xc7, 0xc8, 0xc9], out);
  out.push(type & 0xff);
  for (const byte of bytes) out.push(byte);
}

/**
 * Seconds alone, seconds with nanoseconds in 64 bits, or either with 64 bits of seconds.
 *
 * @param {Date} date
 */
function timestamp(date) {
  const seconds = Math.floor(date.getTime() / 1000);
  const nanos = (date.getTime() - seconds * 1000) * 1_000_000;
  const view = new DataView(new ArrayBuffer(12));
  if (seconds < 0 || seconds >= 2 ** 34) {
    view.setUint32(0, nanos);
    view.setBigInt64(4, BigInt(seconds));
    return new Uint8Array(view.buffer);
  }
  if (nanos === 0 && seconds < 2 ** 32) {
    view.setUint32(0, seconds);
    return new Uint8Array(view.buffer, 0, 4);
  }
  view.setBigUint64(0, (BigInt(nanos) << 34n) | BigInt(seconds));
  return new Uint8Array(view.buffer, 0, 8);
}

/**
 * @param {number[]} out
 * @param {number} head
 * @param {number} size
 * @param {(view: DataView) => void} set
 */
function pushed(out, head, size, set) {
  const view = new DataView(new ArrayBuffer(size));
  set(view);
  out.push(head, ...new Uint8Array(view.buffer));
}
