/** The state of reading one message: its body, and the texts that stood in front of it. */
import type { ByteBudget } from "../../wire/byte-budget.ts";
import { WireError } from "../../wire/wire-error.ts";

/** A text this short is read character by character; more at once costs a call into the engine. */
const shortBytes = 24;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const nothing = new Uint8Array(0);

/**
 * Reads messages, one at a time.
 *
 * What a header promises is counted before anything is made: every promised element needs a byte, and counts
 * against the budget's values.
 */
export class Reader {
  bytes: Uint8Array = nothing;
  at = 0;
  /** The texts of the message, and how much of them was given out. */
  text = "";
  textAt = 0;
  /** Whether a character of the texts may be two UTF-16 units. */
  isWide = false;
  budget: ByteBudget = { depth: 0, values: 0 };
  #left = 0;
  #depth = 0;
  readonly #float = new DataView(new ArrayBuffer(8));

  /** Begins a message. */
  begin(bytes: Uint8Array, budget: ByteBudget): void {
    this.bytes = bytes;
    this.budget = budget;
    this.at = 0;
    this.text = "";
    this.textAt = 0;
    this.#depth = 0;
    this.#left = Math.min(budget.values, bytes.length) - 1;
  }

  /** Begins a message with its texts in front. */
  beginWithTexts(bytes: Uint8Array, budget: ByteBudget): void {
    this.begin(bytes, budget);
    if (bytes[0] !== 0x92) throw new WireError("a message is not a list of its texts and its body");
    this.at = 1;
    this.deeper(2);
    this.#readText();
  }

  /** Ends it: nothing may be left. */
  finish(): void {
    const { at, bytes, textAt, text } = this;
    // What was read is not kept here.
    this.bytes = nothing;
    this.text = "";
    if (at > bytes.length) throw new WireError("a value is cut off");
    if (at < bytes.length) throw new WireError("bytes follow behind a message");
    if (textAt !== text.length) throw new WireError("a message has texts that nothing stands for");
  }

  /** Goes one level down, into something with so many elements. */
  deeper(elements: number): void {
    this.#left -= elements;
    if (this.#left < 0) throw new WireError("headers promise more values than there may be");
    this.#depth += 1;
    if (this.#depth > this.budget.depth)
      throw new WireError(`values nest deeper than ${this.budget.depth}`);
  }

  /** What a value that is read as ordinary MessagePack may still cost. */
  get rest(): ByteBudget {
    return { depth: this.budget.depth - this.#depth, values: this.#left + 1 };
  }

  /** Comes back from there. */
  higher(): void {
    this.#depth -= 1;
  }

  /** The float 64 that stands here. */
  float64(): number {
    const { bytes, at } = this;
    const float = this.#float;
    if (at + 8 > bytes.length) throw new WireError("a value is cut off");
    float.setInt32(0, word(bytes, at));
    float.setInt32(4, word(bytes, at + 4));
    this.at = at + 8;
    return float.getFloat64(0);
  }

  /** The float 32 that stands here. */
  float32(): number {
    this.#float.setUint32(0, this.unsigned(4));
    return this.#float.getFloat32(0);
  }

  /** An unsigned number of so many bytes. */
  unsigned(count: number): number {
    const { bytes, at } = this;
    const end = at + count;
    if (end > bytes.length) throw new WireError("a value is cut off");
    let value = 0;
    for (let index = at; index < end; index += 1) value = value * 0x100 + (bytes[index] ?? 0);
    this.at = end;
    return value;
  }

  /** So many bytes, as they are. */
  take(count: number): Uint8Array {
    const end = this.at + count;
    if (end > this.bytes.length) throw new WireError("a value is cut off");
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  #readText(): void {
    const { bytes } = this;
    const head = bytes[1] ?? 0;
    this.at = 2;
    let length = head & 0x1f;
    if (head === 0xd9) length = this.unsigned(1);
    else if (head === 0xda) length = this.unsigned(2);
    else if (head === 0xdb) length = this.unsigned(4);
    else if ((head & 0xe0) !== 0xa0) throw new WireError("a message does not begin with its texts");
    const { at } = this;
    const short = length <= shortBytes ? asciiOf(bytes, at, at + length) : undefined;
    this.text = short ?? textOf(this.take(length));
    this.at = at + length;
    this.isWide = this.text.length !== length;
  }
}

function word(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = [bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]];
  return (a << 24) | (b << 16) | (c << 8) | d;
}

/** A short text; undefined where it is not ASCII, or cut off. */
function asciiOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  let text = "";
  let at = start;
  for (; at + 4 <= end; at += 4) {
    const [a = 0xff, b = 0xff, c = 0xff, d = 0xff] = [
      bytes[at],
      bytes[at + 1],
      bytes[at + 2],
      bytes[at + 3],
    ];
    if ((a | b | c | d) > 0x7f) return undefined;
    text += String.fromCharCode(a, b, c, d);
  }
  for (; at < end; at += 1) {
    const code = bytes[at] ?? 0xff;
    if (code > 0x7f) return undefined;
    text += String.fromCharCode(code);
  }
  return text;
}

function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new WireError(`a text is not UTF-8: ${String(error)}`);
  }
}
