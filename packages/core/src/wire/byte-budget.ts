/**
 * Walks MessagePack by its headers and refuses what promises more than it holds, before anything is allocated.
 *
 * Twenty nested headers of "array of 30 million" are 100 bytes, and a decoder that believes them takes the
 * process with it; a limit on lengths alone only raises the price to 30 kB. What stops both: every promised
 * element needs at least one byte, so the sum of all promises must fit into the bytes that are left.
 */
import type { Limits } from "./limits.ts";
import { isUtf8 } from "./utf8.ts";
import { WireError } from "./wire-error.ts";

/** What one decode may cost; see {@link Limits}. */
export type ByteBudget = Pick<Limits, "depth" | "values">;

/**
 * The offset behind the MessagePack value that starts at `start`.
 *
 * @throws WireError when the value is cut off, nests more than `budget.depth` arrays and maps, holds more than
 * `budget.values` values, promises more elements than bytes are left, holds text that is not UTF-8, or has a
 * map key that is not a string.
 */
export function endOfValue(bytes: Uint8Array, start: number, budget: ByteBudget): number {
  return new Walk(bytes, budget).value(start, 1);
}

/**
 * The offset behind the frame that starts at `start`: {@link endOfValue}, except that the frame's own array is no
 * level. What may travel by itself may then travel in a frame.
 */
export function endOfFrame(bytes: Uint8Array, start: number, budget: ByteBudget): number {
  return new Walk(bytes, budget).value(start, 0);
}

const nothing = new Uint8Array(0);

/** No frame has more; whatever has is not worth remembering its parts. */
const mostElements = 15;

/** Walks the frames of one message, one after the other: {@link endOfFrame} for each, and what it saw of its elements. */
export class FrameWalk {
  #message: Uint8Array = nothing;
  readonly #walk: Walk;
  /** Where the next frame starts. */
  at = 0;
  /** Where the first element of the frame begins that was walked last. */
  firstElement = 0;

  constructor(budget: ByteBudget) {
    this.#walk = new Walk(nothing, budget);
  }

  /** Begins with another message. */
  begin(message: Uint8Array): void {
    this.#message = message;
    this.#walk.bytes = message;
    this.at = 0;
  }

  /** How many elements the frame has that was walked last. */
  get elements(): number {
    return this.#walk.elements;
  }

  /** Where an element of it ends. */
  endOf(element: number): number {
    return this.#walk.ends[element] ?? 0;
  }

  /**
   * Walks one frame.
   *
   * @throws WireError where it is none, or over the budget.
   */
  next(): void {
    const start = this.at;
    this.#walk.reset();
    this.at = this.#walk.value(start, 0);
    const head = this.#message[start] ?? 0;
    // Anything longer than a fixarray is no frame, nor is an array without kind and id.
    if (head < 0x92 || head > 0x9f)
      throw new WireError("a frame is not an array of 2 to 15 elements");
    this.firstElement = start + 1;
  }
}

class Walk {
  bytes: Uint8Array;
  readonly #budget: ByteBudget;
  #values = 0;
  /** Elements that headers promised and that have not been met yet. */
  #promised = 1;
  /** How many elements the array at depth 0 has; only a frame's walk starts there. */
  elements = 0;
  /** Where each of them ends. What stands behind `elements` is of a frame before. */
  readonly ends: number[] = [];

  constructor(bytes: Uint8Array, budget: ByteBudget) {
    this.bytes = bytes;
    this.#budget = budget;
  }

  /** Forgets what was counted: each frame has the whole budget. */
  reset(): void {
    this.#values = 0;
    this.#promised = 1;
    this.elements = 0;
  }

  value(at: number, depth: number): number {
    if (at >= this.bytes.length) throw new WireError("a value is cut off");
    this.#values += 1;
    this.#promised -= 1;
    if (this.#values > this.#budget.values) {
      throw new WireError(`a frame holds more than ${this.#budget.values} values`);
    }
    const head = this.bytes[at] ?? 0;
    if (head <= 0x7f || head >= 0xe0) return at + 1;
    if (head <= 0x8f) return this.#map(at + 1, head & 0x0f, depth);
    if (head <= 0x9f) return this.#array(at + 1, head & 0x0f, depth);
    if (head <= 0xbf) return this.#text(at + 1, head & 0x1f);
    return this.#long(head, at, depth);
  }

  #long(head: number, at: number, depth: number): number {
    switch (head) {
      case 0xc0: // nil
      case 0xc2: // false
      case 0xc3: // true
        return at + 1;
      case 0xc4: // bin 8, 16, 32
      case 0xc5:
      case 0xc6:
        return this.#skip(at, head - 0xc4, 0);
      case 0xc7: // ext 8, 16, 32: one byte of type behind the length
      case 0xc8:
      case 0xc9:
        return this.#skip(at, head - 0xc7, 1);
      case 0xca: // float 32, 64
        return this.#within(at + 5);
      case 0xcb:
        return this.#within(at + 9);
      case 0xcc: // uint and int 8, 16, 32, 64
      case 0xcd:
      case 0xce:
      case 0xcf:
        return this.#within(at + 1 + (1 << (head - 0xcc)));
      case 0xd0:
      case 0xd1:
      case 0xd2:
      case 0xd3:
        return this.#within(at + 1 + (1 << (head - 0xd0)));
      case 0xd4: // fixext 1, 2, 4, 8, 16
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.#within(at + 2 + (1 << (head - 0xd4)));
      case 0xd9: // str 8, 16, 32
      case 0xda:
      case 0xdb: {
        const width = head - 0xd9;
        return this.#text(this.#within(at + 1 + (1 << width)), this.#length(at + 1, width));
      }
      case 0xdc: // array 16, 32
      case 0xdd: {
        const width = head - 0xdc + 1;
        return this.#array(this.#within(at + 1 + (1 << width)), this.#length(at + 1, width), depth);
      }
      case 0xde: // map 16, 32
      case 0xdf: {
        const width = head - 0xde + 1;
        return this.#map(this.#within(at + 1 + (1 << width)), this.#length(at + 1, width), depth);
      }
      default: // 0xc1 is never used
        throw new WireError(`0x${head.toString(16)} starts no MessagePack value`);
    }
  }

  #array(at: number, length: number, depth: number): number {
    this.#promise(at, length, depth);
    let next = at;
    const isFrame = depth === 0 && length <= mostElements;
    for (let element = 0; element < length; element += 1) {
      next = this.value(next, depth + 1);
      if (isFrame) this.ends[element] = next;
    }
    if (isFrame) this.elements = length;
    return next;
  }

  #map(at: number, length: number, depth: number): number {
    this.#promise(at, length * 2, depth);
    let next = at;
    for (let pair = 0; pair < length; pair += 1) {
      const head = this.bytes[next] ?? 0;
      const isText = (head >= 0xa0 && head <= 0xbf) || (head >= 0xd9 && head <= 0xdb);
      if (next < this.bytes.length && !isText)
        throw new WireError("a map has a key that is not a string");
      next = this.value(this.value(next, depth + 1), depth + 1);
    }
    return next;
  }

  #promise(at: number, elements: number, depth: number): void {
    if (depth > this.#budget.depth)
      throw new WireError(`values nest deeper than ${this.#budget.depth}`);
    this.#promised += elements;
    if (this.#promised > this.bytes.length - at) {
      throw new WireError(
        `headers promise ${this.#promised} values where ${this.bytes.length - at} bytes are left`,
      );
    }
  }

  #text(at: number, length: number): number {
    const end = this.#within(at + length);
    if (!isUtf8(this.bytes, at, end)) throw new WireError("a text is not UTF-8");
    return end;
  }

  #skip(at: number, width: number, extra: number): number {
    const body = this.#within(at + 1 + (1 << width) + extra);
    return this.#within(body + this.#length(at + 1, width));
  }

  /** A length of 1, 2 or 4 bytes (`width` 0, 1, 2). */
  #length(at: number, width: number): number {
    this.#within(at + (1 << width));
    const bytes = this.bytes;
    if (width === 0) return bytes[at] ?? 0;
    const high = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    if (width === 1) return high;
    return high * 0x10000 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }

  #within(end: number): number {
    if (end > this.bytes.length) throw new WireError("a value is cut off");
    return end;
  }
}
