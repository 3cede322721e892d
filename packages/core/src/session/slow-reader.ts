/** Whether a peer takes what it is sent. Judged by time: a burst is no fault of the one who reads it. */
import type { Clock } from "../transport/clock.ts";
import type { Transport } from "../transport/transport.ts";
import type { Limits } from "../wire/limits.ts";

/** So many times the bound at once is more memory than any reader is worth. */
export const mostAtOnce = 4;
/** A look that is late by this part of its time says nothing: while this process did not run nothing could leave. */
const lateAfter = 0.25;

/** What a slow reader is known by. */
export interface SlowReaderOptions {
  readonly transport: Pick<Transport, "bufferedBytes">;
  readonly clock: Clock;
  readonly limits: Pick<Limits, "bufferedBytes" | "slowMs">;
  /** The peer does not read. Told at most once. */
  readonly stuck: () => void;
}

/** Watches over what waits in one transport. */
export class SlowReader {
  readonly #options: SlowReaderOptions;
  #callOff: (() => void) | undefined;
  #isOver = false;

  constructor(options: SlowReaderOptions) {
    this.#options = options;
  }

  /** A message was handed to the transport. */
  sent(): void {
    if (this.#isOver) return;
    const { transport, limits } = this.#options;
    const waiting = transport.bufferedBytes;
    if (waiting > limits.bufferedBytes * mostAtOnce) this.#end();
    else if (waiting > limits.bufferedBytes && this.#callOff === undefined) this.#watch(waiting);
  }

  /** The connection is over. */
  stop(): void {
    this.#isOver = true;
    this.#callOff?.();
  }

  /** @param before What waited. */
  #watch(before: number): void {
    const { transport, clock, limits } = this.#options;
    const due = clock.now() + limits.slowMs;
    this.#callOff = clock.wakeAt(due, () => {
      this.#callOff = undefined;
      const waiting = transport.bufferedBytes;
      if (waiting <= limits.bufferedBytes) return;
      if (waiting < before || clock.now() - due > limits.slowMs * lateAfter) this.#watch(waiting);
      else this.#end();
    });
  }

  #end(): void {
    this.stop();
    this.#options.stuck();
  }
}

/** Makes one, for a {@link pump} over which more may be sent than it is known to be taken. */
export function slowReader(options: SlowReaderOptions): SlowReader {
  return new SlowReader(options);
}
