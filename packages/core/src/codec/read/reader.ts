/** The state of reading one message: its body, and the texts that stood in front of it. */
import type { ByteBudget } from "../../wire/byte-budget.ts";
import { Source } from "../../wire/source.ts";
import { cutOff, WireError } from "../../wire/wire-error.ts";

const nothing = new Uint8Array(0);

/**
 * Reads messages, one at a time.
 *
 * What a header promises is counted before anything is made: every promised element needs a byte, and counts
 * against the budget's values.
 */
export class Reader extends Source {
  /** The texts of the message, and how much of them was given out. */
  text = "";
  textAt = 0;
  /** Whether a character of the texts may be two UTF-16 units. */
  isWide = false;
  budget: ByteBudget = { depth: 0, values: 0 };
  #left = 0;
  #depth = 0;

  constructor() {
    super(nothing);
  }

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
    if (at > bytes.length) throw cutOff();
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

  #readText(): void {
    const length = this.textHead();
    if (length < 0) throw new WireError("a message does not begin with its texts");
    this.text = this.takeText(length);
    this.isWide = this.text.length !== length;
  }
}
