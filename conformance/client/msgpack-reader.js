/**
 * Reading MessagePack: docs/protocol/values.md and frames.md, no more than that.
 *
 * A reader that knows its position is needed anyway: credit counts the bytes of a payload.
 */

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes that are not what the protocol says. */
export class BadFrame extends Error {}

/** Reads values one behind the other, and never believes a header further than the bytes go. */
export class Reader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
    this.promised = 0;
  }

  get isAtEnd() {
    return this.at >= this.bytes.length;
  }

  /** The length of the array whose head stands here; a frame's head is one byte. */
  frameLength() {
    const head = this.take(1)[0] ?? 0;
    if (head < 0x92 || head > 0x9f)
      throw new BadFrame("a frame is not an array of 2 to 15 elements");
    return head - 0x90;
  }

  /**
   * @param {number} depth How many arrays and maps this value stands in.
   * @returns {unknown}
   */
  value(depth = 0) {
    this.promised = Math.max(0, this.promised - 1);
    const head = this.take(1)[0] ?? 0;
    if (head <= 0x7f) return head;
    if (head >= 0xe0) return head - 0x100;
    if (head <= 0x8f) return this.map(head & 0x0f, depth);
    if (head <= 0x9f) return this.list(head & 0x0f, depth);
    if (head <= 0xbf) return this.text(head & 0x1f);
    switch (head) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return this.take(this.length(1 << (head - 0xc4))).slice();
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.extension(this.length(1 << (head - 0xc7)));
      case 0xca:
        return this.number(4, (at) => this.view.getFloat32(at));
      case 0xcb:
        return this.number(8, (at) => this.view.getFloat64(at));
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.length(1 << (head - 0xcc));
      case 0xcf:
        return this.number(8, (at) => Number(this.view.getBigUint64(at)));
      case 0xd0:
        return this.number(1, (at) => this.view.getInt8(at));
      case 0xd1:
        return this.number(2, (at) => this.view.getInt16(at));
      case 0xd2:
        return this.number(4, (at) => this.view.getInt32(at));
      case 0xd3:
        return this.number(8, (at) => Number(this.view.getBigInt64(at)));
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.extension(1 << (head - 0xd4));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.text(this.length(1 << (head - 0xd9)));
      case 0xdc:
      case 0xdd:
        return this.list(this.length(2 << (head - 0xdc)), depth);
      case 0xde:
      case 0xdf:
        return this.map(this.length(2 << (head - 0xde)), depth);
      default:
        throw new BadFrame(`0x${head.toString(16)} starts no value`);
    }
  }

  /** @param {number} size */
  take(size) {
    if (size > this.bytes.length - this.at) throw new BadFrame("a value is cut off");
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  /**
   * @param {number} size
   * @param {(at: number) => number} get
   */
  number(size, get) {
    this.take(size);
    return get(this.at - size);
  }

  /** @param {number} size 1, 2 or 4 */
  length(size) {
    return this.take(size).reduce((sum, byte) => sum * 0x100 + byte, 0);
  }

  /** @param {number} length */
  text(length) {
    try {
      return strict.decode(this.take(length));
    } catch (error) {
      throw error instanceof BadFrame ? error : new BadFrame("a text is not UTF-8");
    }
  }

  /**
   * @param {number} elements
   * @param {number} depth
   */
  enter(elements, depth) {
    this.promised += elements;
    if (this.promised > this.bytes.length - this.at) throw new BadFrame("headers promise too much");
    if (depth >= 64) throw new BadFrame("values nest too deep");
  }

  /**
   * @param {number} length
   * @param {number} depth
   */
  list(length, depth) {
    this.enter(length, depth);
    return Array.from({ length }, () => this.value(depth + 1));
  }

  /**
   * @param {number} length
   * @param {number} depth
   */
  map(length, depth) {
    this.enter(length * 2, depth);
    /** @type {[string, unknown][]} */
    const entries = [];
    for (let pair = 0; pair < length; pair += 1) {
      const name = this.value(depth + 1);
      if (typeof name !== "string" || name === "__proto__") throw new BadFrame("a key is no name");
      entries.push([name, this.value(depth + 1)]);
    }
    return Object.fromEntries(entries);
  }

  /** @param {number} length */
  extension(length) {
    const type = this.take(1)[0];
    const bytes = this.take(length);
    if (type === 1) {
      const digits = String.fromCharCode(...bytes.subarray(0, 1_001));
      if (!/^-?[0-9]{1,1000}$/.test(digits)) throw new BadFrame("a big integer is not digits");
      return BigInt(digits);
    }
    if (type !== 0xff) throw new BadFrame(`extension ${type} is not part of the protocol`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (length === 4) return new Date(view.getUint32(0) * 1000);
    if (length === 8) {
      const both = view.getBigUint64(0);
      return new Date(Number(both & 0x3ffffffffn) * 1000 + Math.floor(Number(both >> 34n) / 1e6));
    }
    if (length !== 12) throw new BadFrame("a timestamp has 4, 8 or 12 bytes");
    return new Date(Number(view.getBigInt64(4)) * 1000 + Math.floor(view.getUint32(0) / 1e6));
  }
}
