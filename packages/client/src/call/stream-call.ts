/** A call with a stream of responses, as an async iterable. */
import { type CallOptions, ConcordatError } from "@concordat/core";
import type { Call } from "@concordat/core/internal";
import type { Caller } from "./caller.ts";
import { ItemQueue } from "./item-queue.ts";
import { OutgoingCall } from "./outgoing-call.ts";
import type { BoundProcedure } from "./procedure.ts";

/**
 * Calls a server stream. The call is made when iteration starts; breaking out of it cancels at the server.
 *
 * For one consumer: a second iteration fails with `failed_precondition`, because it would be a second call.
 */
export function serverStreamCall(
  caller: Caller,
  procedure: BoundProcedure,
  request: unknown,
  options: CallOptions = {},
): AsyncIterable<unknown> {
  return once(() => {
    const iterator = new ResponseIterator(caller, procedure);
    iterator.start(procedure.requestToBytes(request), options);
    return iterator;
  });
}

/** An iterable of which only the first iterator works. Errors of starting come from its `next()`. */
export function once(start: () => AsyncIterator<unknown>): AsyncIterable<unknown> {
  let isTaken = false;
  return {
    [Symbol.asyncIterator](): AsyncIterator<unknown> {
      try {
        if (isTaken) {
          throw new ConcordatError(
            "failed_precondition",
            "This stream has been iterated already; call the procedure again for another one.",
          );
        }
        isTaken = true;
        return start();
      } catch (error) {
        let failed = false;
        return {
          next() {
            if (failed) return Promise.resolve({ done: true, value: undefined });
            failed = true;
            return Promise.reject(error);
          },
        };
      }
    },
  };
}

/** One consumer of one stream. */
export class ResponseIterator implements AsyncIterator<unknown> {
  readonly #caller: Caller;
  readonly #procedure: BoundProcedure;
  readonly #items = new ItemQueue<Uint8Array>();
  #outgoing: OutgoingCall | undefined;
  #call: Call | undefined;

  constructor(caller: Caller, procedure: BoundProcedure) {
    this.#caller = caller;
    this.#procedure = procedure;
  }

  /** Makes the call. */
  start(payload: Uint8Array, options: CallOptions): void {
    const plan = { procedure: this.#procedure, payload, options };
    this.#outgoing = new OutgoingCall(this.#caller, plan, {
      sent: (call) => (this.#call = call),
      writable: () => undefined,
      item: (item) => this.#items.push(item),
      finished: () => this.#items.finish(),
      failed: (error) => this.#items.fail(error),
    });
    this.#outgoing.start();
  }

  async next(): Promise<IteratorResult<unknown>> {
    const payload = await this.#items.next();
    if (payload === undefined) return { done: true, value: undefined };
    this.#call?.consumed(payload.length);
    try {
      const release = this.#caller.connector.releases.get(this.#procedure.contract);
      return { done: false, value: this.#procedure.responseFromBytes(payload, release) };
    } catch (error) {
      this.#leave();
      throw error;
    }
  }

  return(): Promise<IteratorResult<unknown>> {
    this.#leave();
    return Promise.resolve({ done: true, value: undefined });
  }

  #leave(): void {
    this.#outgoing?.drop();
    this.#items.clear();
    this.#items.finish();
    this.#call?.discard();
  }
}
