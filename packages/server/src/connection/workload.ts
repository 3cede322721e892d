/** What the handlers of one connection hold: how many of them run, and how many bytes of requests they were given. */
import { ConcordatError } from "@concordat/core";
import type { Limits, RequestFrame } from "@concordat/core/internal";

/** An empty map is one byte of a message and some sixty in memory: 16 MiB of them would be a gigabyte. */
const bytesOfValue = 16;

/**
 * A bound that holds until a handler has come to its end, whatever has become of its call.
 *
 * A call that its caller gives up is over at once; a handler that does not look at `context.signal` runs on, with all
 * that it was given. Without this bound a client that calls and gives up, over and over, fills a server.
 */
export class Workload {
  readonly #limits: Pick<Limits, "callsInFlight" | "heldRequestBytes">;
  #handlers = 0;
  #bytes = 0;

  constructor(limits: Pick<Limits, "callsInFlight" | "heldRequestBytes">) {
    this.#limits = limits;
  }

  /** A handler is about to begin. Returns why it may not; otherwise {@link give} has to follow. */
  take(frame: RequestFrame): ConcordatError | undefined {
    const bytes = heldBy(frame);
    const { callsInFlight, heldRequestBytes } = this.#limits;
    if (this.#handlers >= callsInFlight)
      return overloaded(`${callsInFlight} handlers still run for this connection.`);
    // A request by itself is bounded by the largest message.
    if (this.#bytes > 0 && this.#bytes + bytes > heldRequestBytes)
      return overloaded(
        `The requests of this connection that are not answered take ${this.#bytes} bytes; with this one it would be more than ${heldRequestBytes}.`,
      );
    this.#handlers += 1;
    this.#bytes += bytes;
    return undefined;
  }

  /** A handler has come to its end. */
  give(frame: RequestFrame): void {
    this.#handlers -= 1;
    this.#bytes -= heldBy(frame);
  }
}

function heldBy({ payload, values = 0 }: RequestFrame): number {
  return Math.max(payload.length, values * bytesOfValue);
}

function overloaded(why: string): ConcordatError {
  const message = `The call was not executed. ${why} Wait for one to end.`;
  return new ConcordatError("resource_exhausted", message, { notExecuted: true });
}
