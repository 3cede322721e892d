/** The state of writing one message: its body, and beside it the texts that will stand in front. */
import { maxDepth } from "../../schema/visit.ts";
import { Mismatch } from "../../schema/shape.ts";
import { putListHead, type Sink } from "../../wire/sink.ts";
import { putText } from "../../wire/sink-text.ts";

const firstBytes = 512;
/** The longest head of a text or of the list of text and body. */
const headBytes = 6;
/** So many levels of a value are not too many on the wire, where each may take several. */
const shallow = 8;

/**
 * Writes messages, one at a time.
 *
 * Its memory is used again for the next one, so whoever writes often keeps one.
 */
export class Writer implements Sink {
  /** Where the body is written: memory of its own while texts are gathered that will stand in front, else the output's. */
  bytes: Uint8Array = new Uint8Array(firstBytes);
  at = 0;
  /** All texts of the message, in the order in which their lengths stand in the body. */
  text = "";
  /** Whether a message is being written. */
  isBusy = false;
  /** Whether it nests so deep that its levels on the wire, which are more, are to be counted. */
  isDeep = false;
  #ownBytes = this.bytes;
  /** The output that a body without texts is written straight into. */
  #output: Sink | undefined;
  readonly #ancestors: object[] = [];
  #depth = 0;

  /** Makes room for so many more bytes of the body. */
  grow(count: number): void {
    const output = this.#output;
    if (output !== undefined) {
      output.at = this.at;
      output.grow(count);
      this.#writeInto(output);
      return;
    }
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.at + count));
    bytes.set(this.bytes.subarray(0, this.at));
    this.bytes = this.#ownBytes = bytes;
  }

  /** Begins a message without texts, behind what the output has. */
  beginIn(output: Sink): void {
    this.#forget();
    this.#output = output;
    this.#writeInto(output);
  }

  /** Ends it. */
  finishIn(output: Sink): void {
    output.at = this.at;
    this.#writeHere(); // the output's memory is not kept
  }

  /** Begins a message with texts. */
  begin(): void {
    this.#forget();
    this.#writeHere();
  }

  /** Ends it: appends the texts and the body to the output, as a list of two. */
  finish(output: Sink): void {
    const { text, bytes, at: count } = this;
    // Room at once for what follows in parts.
    const most = text.length + headBytes + count;
    if (output.at + most > output.bytes.length) output.grow(most);
    putListHead(output, 2);
    putText(output, text);
    this.text = ""; // what the application gave is not kept
    if (output.at + count > output.bytes.length) output.grow(count);
    if (count > 32) output.bytes.set(bytes.subarray(0, count), output.at);
    else for (let at = 0; at < count; at += 1) output.bytes[output.at + at] = bytes[at] ?? 0;
    output.at += count;
  }

  /** Goes one level down into an object or an array. @throws Mismatch when that is one too many, or leads in a circle. */
  enter(value: object): void {
    const ancestors = this.#ancestors;
    const depth = this.#depth;
    if (depth === maxDepth) throw new Mismatch("", `is nested deeper than ${maxDepth} levels`);
    for (let level = 0; level < depth; level += 1) {
      if (ancestors[level] === value) throw new Mismatch("", "refers back to itself");
    }
    if (depth === shallow) this.isDeep = true;
    ancestors[depth] = value;
    this.#depth = depth + 1;
  }

  /** Whether what is written next is a part of an object or an array. */
  get isInside(): boolean {
    return this.#depth > 0;
  }

  /** Comes back from where {@link enter} led. */
  leave(): void {
    this.#depth -= 1;
    this.#ancestors[this.#depth] = nobody;
  }

  /** Forgets a message that was given up half-way. */
  #forget(): void {
    this.text = "";
    this.isDeep = false;
    for (; this.#depth > 0; this.#depth -= 1) this.#ancestors[this.#depth - 1] = nobody;
  }

  #writeHere(): void {
    this.#output = undefined;
    this.bytes = this.#ownBytes;
    this.at = 0;
  }

  #writeInto({ bytes, at }: Sink): void {
    this.bytes = bytes;
    this.at = at;
  }
}

/** Stands where an ancestor was: what the application gave is not kept. */
const nobody = {};
