/** A link between two connections: its calls go on, its deadlines pass, and its frames wait for the next connection. */
import type { Link } from "../call/link.ts";
import type { LinkEar } from "../call/link-ear.ts";
import { enoughBytes } from "../call/departure.ts";
import type { Clock } from "../transport/clock.ts";
import { Patience } from "./patience.ts";

/** How long a link waits, and who is told when it has waited for nothing. */
export interface DetachedLinkOptions {
  readonly link: Link;
  readonly clock: Clock;
  /** Of time in which this process ran: whoever comes back while it does not cannot be heard. */
  readonly graceMs: number;
  /** When it is over in any case, by the wall clock. Default: never. */
  readonly until?: number;
  /** The time is over, or more was sent than is kept. Told once; the owner abandons the link's calls. */
  readonly expired: (link: Link) => void;
}

/** A link without a connection. */
export class DetachedLink {
  readonly #options: DetachedLinkOptions;
  readonly #patience: Patience;
  #until: number;
  #callOff: (() => void) | undefined;
  #isOver = false;

  constructor(options: DetachedLinkOptions) {
    this.#options = options;
    this.#until = options.until ?? Infinity;
    this.#patience = new Patience(options.graceMs, options.clock.now());
    options.link.park(this.#ear());
    this.#schedule();
  }

  /** Gives the link to the next connection, or `undefined` where it has expired or been taken. */
  take(): Link | undefined {
    if (this.#isOver) return undefined;
    this.#end();
    return this.#options.link;
  }

  /** It is over at that time at the latest. */
  endBy(at: number): void {
    this.#until = Math.min(this.#until, at);
    if (!this.#isOver) this.#schedule();
  }

  /** What a link hears while nobody is connected: nothing comes, and what is queued is kept by its replay alone. */
  #ear(): LinkEar {
    const { link } = this.#options;
    return {
      pending: () => {
        const { replay, waitingBytes, limits } = link;
        // A message for each would take fifty times what a small frame is long. The first one says that there is something to send.
        const enough = Math.min(enoughBytes, limits.replayBytes);
        if (waitingBytes < enough && !replay.isConfirmed) return;
        link.takeMessages();
        if (!replay.isOn) this.#expire();
      },
      session: () => undefined,
    };
  }

  #schedule(): void {
    const { clock, link } = this.#options;
    const wakeAt = Math.min(this.#patience.wakeAt, link.wakeAt ?? Infinity, this.#until);
    this.#callOff?.();
    this.#callOff = clock.wakeAt(wakeAt, () => {
      const now = clock.now();
      link.tick(now);
      if (this.#patience.isOver(now) || now >= this.#until) this.#expire();
      else if (!this.#isOver) this.#schedule();
    });
  }

  #expire(): void {
    if (this.#isOver) return;
    this.#end();
    this.#options.expired(this.#options.link);
  }

  #end(): void {
    this.#isOver = true;
    this.#callOff?.();
  }
}
