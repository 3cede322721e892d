/** The state of writing one message: its body, and beside it the texts that will stand in front. */
import { maxDepth } from "../../schema/visit.ts";
import { Mismatch } from "../../schema/shape.ts";
import { Output } from "../../wire/output.ts";

/** A text this short is written character by character; more at once costs a call into the engine. */
const shortUnits = 16;
const firstBytes = 512;
/** The longest head of a text or of the list of text and body. */
const headBytes = 6;
const encoder = new TextEncoder();
const halfPair = /\p{Surrogate}/u;

/**
 * Writes messages, one at a time.
 *
 * Its memory is used again for the next one, so whoever writes often keeps one.
 */
export class Writer {
  /** The body so far. */
  bytes: Uint8Array = new Uint8Array(firstBytes);
  view: DataView = new DataView(this.bytes.buffer);
  at = 0;
  /** All texts of the message, in the order in which their lengths stand in the body. */
  text = "";
  /** Where finished messages go. */
  readonly output: Output = new Output();
  /** Whether a message is being written. */
  isBusy = false;
  readonly #ancestors: object[] = [];
  #depth = 0;

  /** Makes room for so many more bytes of the body. */
  grow(count: number): void {
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.at + count));
    bytes.set(this.bytes.subarray(0, this.at));
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }

  /** Begins a message. */
  begin(): void {
    this.at = 0;
    this.text = "";
    for (; this.#depth > 0; this.#depth -= 1) this.#ancestors[this.#depth - 1] = nobody;
  }

  /** Goes one level down into an object or an array. @throws Mismatch when that is one too many, or leads in a circle. */
  enter(value: object): void {
    const ancestors = this.#ancestors;
    const depth = this.#depth;
    if (depth === maxDepth) throw new Mismatch("", `is nested deeper than ${maxDepth} levels`);
    for (let level = 0; level < depth; level += 1) {
      if (ancestors[level] === value) throw new Mismatch("", "refers back to itself");
    }
    ancestors[depth] = value;
    this.#depth = depth + 1;
  }

  /** Comes back from where {@link enter} led. */
  leave(): void {
    this.#depth -= 1;
    this.#ancestors[this.#depth] = nobody;
  }

  /** Appends the body to the output. */
  finish(): void {
    this.output.reserve(this.at);
    this.#appendBody();
  }

  /** Appends the texts and the body to the output, as a list of two. */
  finishWithTexts(): void {
    const { output, text } = this;
    const { length } = text;
    output.reserve(length + headBytes + this.at);
    output.bytes[output.at] = 0x92;
    output.at += 1;
    if (length > shortUnits || !this.#appendShort()) this.#appendText(text, length);
    this.text = ""; // what the application gave is not kept
    this.#appendBody();
  }

  /** Returns false where the text is not ASCII; nothing is appended then. */
  #appendShort(): boolean {
    const { output, text } = this;
    const { bytes, at } = output;
    const { length } = text;
    bytes[at] = 0xa0 | length;
    for (let unit = 0; unit < length; unit += 1) {
      const code = text.charCodeAt(unit);
      if (code > 0x7f) return false;
      bytes[at + 1 + unit] = code;
    }
    output.at = at + 1 + length;
    return true;
  }

  #appendText(text: string, room: number): void {
    const { output } = this;
    output.reserve(room + headBytes + this.at);
    const { bytes, at } = output;
    const head = headOf(room);
    const { read, written } = encoder.encodeInto(text, bytes.subarray(at + head, at + head + room));
    if (read < text.length) return this.#appendText(text, text.length * 3);
    if (written !== text.length && halfPair.test(text)) throw halfPairError();
    const shorter = headOf(written);
    if (shorter !== head) bytes.copyWithin(at + shorter, at + head, at + head + written);
    writeTextHead(bytes, at, written);
    output.at = at + shorter + written;
    return undefined;
  }

  #appendBody(): void {
    const { output, bytes, at: count } = this;
    output.reserve(count);
    if (count > 32) output.bytes.set(bytes.subarray(0, count), output.at);
    else for (let at = 0; at < count; at += 1) output.bytes[output.at + at] = bytes[at] ?? 0;
    output.at += count;
  }
}

/** Stands where an ancestor was: what the application gave is not kept. */
const nobody = {};

function headOf(bytes: number): number {
  if (bytes < 0x20) return 1;
  if (bytes < 0x100) return 2;
  return bytes < 0x1_0000 ? 3 : 5;
}

function writeTextHead(bytes: Uint8Array, at: number, length: number): void {
  if (length < 0x20) bytes[at] = 0xa0 | length;
  else if (length < 0x100) {
    bytes[at] = 0xd9;
    bytes[at + 1] = length;
  } else if (length < 0x1_0000) {
    bytes[at] = 0xda;
    bytes[at + 1] = length >> 8;
    bytes[at + 2] = length;
  } else {
    bytes[at] = 0xdb;
    bytes[at + 1] = length >>> 24;
    bytes[at + 2] = length >> 16;
    bytes[at + 3] = length >> 8;
    bytes[at + 4] = length;
  }
}

/** A text that would not be UTF-8 any more: what the keyed encoding says of it, too. */
export function halfPairError(): TypeError {
  return new TypeError(
    "A text with half a surrogate pair cannot travel; it was cut within a character.",
  );
}
