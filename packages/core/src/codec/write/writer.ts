/** The state of writing one message: its body, and beside it the texts that will stand in front. */
import { maxDepth } from "../../schema/visit.ts";
import { Mismatch } from "../../schema/shape.ts";
import { Output } from "../../wire/output.ts";
import { putListHead, type Sink } from "../../wire/sink.ts";
import { putText } from "../../wire/sink-text.ts";

const firstBytes = 512;
/** The longest head of a text or of the list of text and body. */
const headBytes = 6;

/**
 * Writes messages, one at a time.
 *
 * Its memory is used again for the next one, so whoever writes often keeps one.
 */
export class Writer implements Sink {
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
    this.#appendBody(this.output);
  }

  /** Appends the texts and the body to the output, as a list of two. */
  finishWithTexts(): void {
    const { output, text } = this;
    reserve(output, text.length + headBytes + this.at);
    putListHead(output, 2);
    putText(output, text);
    this.text = ""; // what the application gave is not kept
    this.#appendBody(output);
  }

  #appendBody(output: Output): void {
    const { bytes, at: count } = this;
    reserve(output, count);
    if (count > 32) output.bytes.set(bytes.subarray(0, count), output.at);
    else for (let at = 0; at < count; at += 1) output.bytes[output.at + at] = bytes[at] ?? 0;
    output.at += count;
  }
}

/** Stands where an ancestor was: what the application gave is not kept. */
const nobody = {};

/** Makes room at once for what follows in parts. */
function reserve(output: Output, count: number): void {
  if (output.at + count > output.bytes.length) output.grow(count);
}
