/**
 * Walks MessagePack by its headers and refuses what promises more than it holds, before anything is allocated.
 *
 * Twenty nested headers of "array of 30 million" are 100 bytes, and a decoder that believes them takes the
 * process with it; a limit on lengths alone only raises the price to 30 kB. What stops both: every promised
 * element needs at least one byte, so the sum of all promises must fit into the bytes that are left.
 */
import type { Limits } from "./limits.ts";
import { asciiUntil, isUtf8 } from "./utf8.ts";
import { cutOff, WireError } from "./wire-error.ts";

/** What one decode may cost; see {@link Limits}. */
export type ByteBudget = Pick<Limits, "depth" | "values">;

/** For what this side has made, or walked already. */
export const boundless: ByteBudget = { depth: Infinity, values: Infinity };

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

/** From so many bytes on a text is looked at in eights. */
const longText = 64;

/** How many bytes stand behind each head from 0xc0 to 0xd8 that says so by itself; -1 where a length follows. */
const widths = [
  0, -1, 0, 0 /* nil, none, false, true */, -1, -1, -1 /* bin */, -1, -1, -1 /* ext */, 4,
  8 /* float */, 1, 2, 4, 8 /* uint */, 1, 2, 4, 8 /* int */, 2, 3, 5, 9, 17 /* fixext */,
];

/** The heads of lengths of one byte; two and four bytes follow. Arrays and maps have none of one byte. */
const [bin8, ext8, str8, array8, map8] = [0xc4, 0xc7, 0xd9, 0xdb, 0xdd];

function firstForm(head: number): number {
  if (head > map8) return map8;
  if (head > array8) return array8;
  if (head >= str8) return str8;
  return head >= ext8 ? ext8 : bin8;
}

/** Walks one value, or the frames of one message, one after the other. */
export class Walk {
  #bytes: Uint8Array;
  /** Of the same bytes, once a long text was met. */
  #view: DataView | undefined;
  readonly #budget: ByteBudget;
  /** How many values were met, and how many headers have promised so far, the outermost among them. */
  #values = 0;
  #promised = 1;

  constructor(bytes: Uint8Array, budget: ByteBudget) {
    this.#bytes = bytes;
    this.#budget = budget;
  }

  /** How many values the frame has promised so far, itself among them. */
  get values(): number {
    return this.#promised;
  }

  /** Begins with another message. */
  begin(message: Uint8Array): void {
    this.#bytes = message;
    this.#view = undefined;
  }

  /**
   * Begins with the frame that starts at `at`, which has the whole budget. Each of its elements is to be walked or
   * {@link met}.
   *
   * @returns how many there are.
   * @throws WireError where it is no frame, or promises too many.
   */
  frame(at: number): number {
    const head = this.#bytes[at] ?? 0;
    // Anything longer than a fixarray is no frame, nor is an array without kind and id.
    if (head < 0x92 || head > 0x9f)
      throw new WireError("a frame is not an array of 2 to 15 elements");
    this.#values = 1;
    this.#promised = 1;
    const elements = head & 0x0f;
    this.#promise(at + 1, elements, 0);
    return elements;
  }

  /** An element that holds no others was read elsewhere. */
  met(): void {
    this.#values += 1;
  }

  /** The offset behind the value that starts at `at`. A frame's array is at depth 0. */
  value(at: number, depth: number): number {
    if (at >= this.#bytes.length) throw cutOff();
    this.#values += 1;
    const head = this.#bytes[at] ?? 0;
    if (head <= 0x7f || head >= 0xe0) return at + 1;
    if (head <= 0x8f) return this.#map(at + 1, head & 0x0f, depth);
    if (head <= 0x9f) return this.#array(at + 1, head & 0x0f, depth);
    if (head <= 0xbf) return this.#text(at + 1, head & 0x1f);
    return this.#long(head, at + 1, depth);
  }

  #long(head: number, at: number, depth: number): number {
    const width = widths[head - 0xc0] ?? -1;
    if (width >= 0) return this.#within(at + width);
    if (head === 0xc1) throw new WireError("0xc1 starts no MessagePack value"); // it is never used
    const first = firstForm(head);
    const body = this.#within(at + (1 << (head - first)));
    let length = 0;
    for (let next = at; next < body; next += 1) length = length * 0x100 + (this.#bytes[next] ?? 0);
    if (first === map8) return this.#map(body, length, depth);
    if (first === array8) return this.#array(body, length, depth);
    if (first === str8) return this.#text(body, length);
    return this.#within(body + length + (first === ext8 ? 1 : 0)); // the type of an ext stands before it
  }

  #array(at: number, length: number, depth: number): number {
    this.#promise(at, length, depth);
    let next = at;
    for (let element = 0; element < length; element += 1) {
      const head = this.#bytes[next] ?? 0xc1; // behind the end: `value` says so
      if (head <= 0x7f || head >= 0xe0) {
        this.#values += 1;
        next += 1;
      } else next = this.value(next, depth + 1);
    }
    return next;
  }

  #map(at: number, length: number, depth: number): number {
    this.#promise(at, length * 2, depth);
    let next = at;
    for (let pair = 0; pair < length; pair += 1) {
      const head = this.#bytes[next] ?? 0xa0;
      if (head < 0xa0 || (head > 0xbf && (head < 0xd9 || head > 0xdb)))
        throw new WireError("a map has a key that is not a string");
      next = this.value(this.value(next, depth + 1), depth + 1);
    }
    return next;
  }

  #promise(at: number, elements: number, depth: number): void {
    if (depth > this.#budget.depth)
      throw new WireError(`values nest deeper than ${this.#budget.depth}`);
    this.#promised += elements;
    const missing = this.#promised - this.#values;
    const left = this.#bytes.length - at;
    if (missing > left)
      throw new WireError(`headers promise ${missing} values where ${left} bytes are left`);
    // All that is promised is met, or cut off: values need not be counted one by one.
    if (this.#promised > this.#budget.values)
      throw new WireError(`a frame holds more than ${this.#budget.values} values`);
  }

  #text(at: number, length: number): number {
    const end = this.#within(at + length);
    const plain = length < longText ? at : asciiUntil(this.#wide(), at, end);
    if (!isUtf8(this.#bytes, plain, end)) throw new WireError("a text is not UTF-8");
    return end;
  }

  #wide(): DataView {
    const { buffer, byteOffset, length } = this.#bytes;
    return (this.#view ??= new DataView(buffer, byteOffset, length));
  }

  #within(end: number): number {
    if (end > this.#bytes.length) throw cutOff();
    return end;
  }
}
