/** The items that a caller streams, as the async iterable that a handler reads. */
import type { ConcordatError } from "@concordat/core";
import type { Call } from "@concordat/core/internal";

/** One waiting item. */
interface Waiting {
  readonly value: unknown;
  readonly bytes: number;
}

/**
 * A queue between a call and its handler.
 *
 * What the handler does not take stays counted against the caller's credit, so a slow handler bounds its caller.
 */
export class ReceiveStream implements AsyncIterable<unknown> {
  readonly #call: Call;
  /** Those that came since the others were turned round. */
  #items: Waiting[] = [];
  /** Those before, the next one last: to take the first of a hundred thousand would move all the others. */
  #next: Waiting[] = [];
  #end: { readonly error: ConcordatError | undefined } | undefined;
  #wake: (() => void) | undefined;

  constructor(call: Call) {
    this.#call = call;
  }

  /** An item came, and was made into these. Its bytes are taken when the last of them is; of none, at once. */
  push(values: readonly unknown[], bytes: number): void {
    const last = values.length - 1;
    for (const [index, value] of values.entries())
      this.#items.push({ value, bytes: index === last ? bytes : 0 });
    if (last < 0) this.#call.consumed(bytes);
    else this.#wake?.();
  }

  /** The stream is complete, or broke with an error that the handler's loop throws. */
  end(error?: ConcordatError): void {
    this.#end ??= { error };
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<unknown, void, undefined> {
    try {
      for (;;) {
        const item = this.#take();
        if (item !== undefined) {
          this.#call.consumed(item.bytes);
          yield item.value;
        } else if (this.#end !== undefined) {
          if (this.#end.error !== undefined) throw this.#end.error;
          return;
        } else await new Promise<void>((wake) => (this.#wake = wake));
      }
    } finally {
      this.discard();
    }
  }

  /** The handler takes nothing more. */
  discard(): void {
    this.#items = [];
    this.#next = [];
    this.#call.discard();
  }

  #take(): Waiting | undefined {
    if (this.#next.length === 0 && this.#items.length > 0) {
      this.#next = this.#items.toReversed();
      this.#items = [];
    }
    return this.#next.pop();
  }
}
