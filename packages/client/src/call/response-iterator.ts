/** The one consumer of a stream of responses. */
import type { Caller } from "./caller.ts";
import { ItemQueue } from "./item-queue.ts";
import { type CallPlan, OutgoingCall } from "./outgoing-call.ts";

/** Makes its call when it is made. Items that came before the stream's end are given out before that end. */
export class ResponseIterator implements AsyncIterator<unknown> {
  readonly #caller: Caller;
  readonly #plan: CallPlan;
  readonly #items = new ItemQueue<Uint8Array>();
  readonly #call: OutgoingCall;

  constructor(caller: Caller, plan: CallPlan) {
    this.#caller = caller;
    this.#plan = plan;
    this.#call = new OutgoingCall(caller, plan, {
      item: (item) => this.#items.push(item),
      finished: () => this.#items.finish(),
      failed: (error) => this.#items.fail(error),
    });
    this.#call.start();
  }

  async next(): Promise<IteratorResult<unknown>> {
    const payload = await this.#items.next();
    if (payload === undefined) return { done: true, value: undefined };
    this.#call.consumed(payload.length);
    const { procedure } = this.#plan;
    try {
      const release = this.#caller.connector.negotiated?.releases.get(procedure.contract);
      return { done: false, value: procedure.responseFromBytes(payload, release) };
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
