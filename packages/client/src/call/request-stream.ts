/** The items that the application streams, out to the server as fast as its credit allows. */
import { ConcordatError } from "@concordat/core";
import { type AnyIterator, type Call, Gate, iteratorOf, messageOf } from "@concordat/core/internal";
import { OutgoingItem } from "./outgoing-item.ts";
import type { BoundProcedure } from "./procedure.ts";

/** One source of items, for one call. */
export class RequestStream {
  readonly #procedure: BoundProcedure;
  readonly #source: unknown;
  readonly #broke: (error: ConcordatError) => void;
  readonly #gate = new Gate();
  #iterator: AnyIterator | undefined;
  #call: Call | undefined;
  readonly #item: OutgoingItem;
  /** Whether the source is not to be asked any more: it has ended, or the call has. */
  #isOver = false;
  #isRunning = false;
  #hasBegun = false;

  /** @param broke Told when the source cannot go on; the call has to be given up then. */
  constructor(procedure: BoundProcedure, source: unknown, broke: (error: ConcordatError) => void) {
    this.#procedure = procedure;
    this.#item = new OutgoingItem(procedure);
    this.#source = source;
    this.#broke = broke;
  }

  /**
   * Makes sure that there is something to stream.
   *
   * @throws ConcordatError `invalid_argument` where the source cannot be iterated.
   */
  open(): void {
    this.#iterator = iteratorOf(this.#source);
    if (this.#iterator !== undefined) return;
    const message = `${this.#procedure.path} takes a stream of items: an array, a generator, or any other iterable.`;
    throw new ConcordatError("invalid_argument", message);
  }

  /** The call was sent; again where the server dropped it unread. No item has left before its welcome. */
  sent(call: Call, spoken: BoundProcedure): void {
    this.#call = call;
    this.#item.spoken = spoken;
    this.#gate.open();
    if (this.#isRunning) return;
    this.#isRunning = true;
    void this.#run();
  }

  /** The server has turned the call away: nothing is sent until it is made again. */
  unsent(): void {
    this.#call = undefined;
  }

  /** Whether anything of it was sent: from then on it cannot be streamed on another call. */
  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Credit came. */
  writable(): void {
    this.#gate.open();
  }

  /** The call is over: a source that has more to say is told so, exactly once. */
  stop(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#gate.open();
    void this.#release();
  }

  async #run(): Promise<void> {
    try {
      for (;;) {
        while (!this.#isOver && this.#call?.hasCredit !== true) await this.#gate.wait();
        if (this.#isOver) return;
        const next = await this.#iterator?.next();
        if (next === undefined || next.done) {
          this.#finish();
          return;
        }
        const item = await next.value;
        // No promise between the look and the item: other streams wait for this one's turn to end.
        while (this.#hasToWait) await this.#gate.wait();
        if (this.#isOver) return;
        // Only now it is known which call takes it: another one may speak another form.
        this.#item.value = item;
        this.#hasBegun = true;
        this.#call?.sendItem(this.#item);
      }
    } catch (thrown) {
      const message = `The source of the items of ${this.#procedure.path} threw: ${messageOf(thrown)}`;
      this.#broke(ConcordatError.from(thrown, "cancelled", message));
    }
  }

  /** Whether nothing may be sent, and something may come that changes it. */
  get #hasToWait(): boolean {
    return !this.#isOver && this.#call?.canSend !== true;
  }

  #finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#hasBegun = true;
    this.#call?.sendEnd();
  }

  async #release(): Promise<void> {
    try {
      await this.#iterator?.return?.();
    } catch {
      // The call has its end already; what the source says to it has no one to go to.
    }
  }
}
