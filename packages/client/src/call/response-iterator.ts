/** The one consumer of a stream of responses. */
import type { Caller } from "./caller.ts";
import { HeldMemory } from "./held-memory.ts";
import { ItemQueue } from "./item-queue.ts";
import type { CallPlan } from "./call-plan.ts";
import { OutgoingCall } from "./outgoing-call.ts";
import type { BoundProcedure } from "./procedure.ts";

/** An item that came. A call that was made again may go on in another form. */
interface ReceivedItem {
  readonly payload: Uint8Array;
  readonly spoken: BoundProcedure;
}

/** Makes its call when it is made. Items that came before the stream's end are given out before that end. */
export class ResponseIterator implements AsyncIterator<unknown> {
  readonly #caller: Caller;
  readonly #items = new ItemQueue<ReceivedItem>();
  readonly #memory = new HeldMemory();
  readonly #call: OutgoingCall;

  constructor(caller: Caller, plan: CallPlan) {
    this.#caller = caller;
    this.#call = new OutgoingCall(caller, plan, {
      item: (payload, spoken) => this.#items.push({ payload: this.#memory.keep(payload), spoken }),
      finished: () => this.#items.finish(),
      failed: (error) => this.#items.fail(error),
    });
    this.#call.start();
  }

  /** What has arrived is given out without waiting for a promise: most items of a fast stream have. */
  next(): Promise<IteratorResult<unknown>> {
    const item = this.#items.take();
    return item === undefined ? this.#later() : this.#given(item);
  }

  async return(): Promise<IteratorResult<unknown>> {
    this.#leave();
    return { done: true, value: undefined };
  }

  async #later(): Promise<IteratorResult<unknown>> {
    this.#memory.clear();
    const item = await this.#items.next();
    return item === undefined ? { done: true, value: undefined } : this.#given(item);
  }

  // Its one promise is the iterator's: nothing in it waits.
  async #given({ payload, spoken }: ReceivedItem): Promise<IteratorResult<unknown>> {
    this.#memory.release(payload);
    this.#call.consumed(payload.length);
    try {
      const { negotiated } = this.#caller.connector;
      return { done: false, value: spoken.responseFromBytes(payload, negotiated) };
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  /** What waits is dropped, the server is told to stop, and its credit is given back. */
  #leave(): void {
    this.#items.drop();
    this.#memory.clear();
    this.#call.drop();
  }
}
