/** The one consumer of a stream of responses. */
import type { Caller } from "./caller.ts";
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
  readonly #call: OutgoingCall;

  constructor(caller: Caller, plan: CallPlan) {
    this.#caller = caller;
    this.#call = new OutgoingCall(caller, plan, {
      item: (payload, spoken) => this.#items.push({ payload, spoken }),
      finished: () => this.#items.finish(),
      failed: (error) => this.#items.fail(error),
    });
    this.#call.start();
  }

  async next(): Promise<IteratorResult<unknown>> {
    const item = await this.#items.next();
    if (item === undefined) return { done: true, value: undefined };
    const { payload, spoken } = item;
    this.#call.consumed(payload.length);
    try {
      const { negotiated } = this.#caller.connector;
      return { done: false, value: spoken.responseFromBytes(payload, negotiated) };
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<unknown>> {
    this.#leave();
    return { done: true, value: undefined };
  }

  /** What waits is dropped, the server is told to stop, and its credit is given back. */
  #leave(): void {
    this.#items.drop();
    this.#call.drop();
  }
}
