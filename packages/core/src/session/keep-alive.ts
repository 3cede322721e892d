/** When to ask whether the other side is still there, and when to give it up. */

/** What has to be done now. */
export type KeepAliveVerdict = "quiet" | "ping" | "dead";

/**
 * Judges by the wall clock on every look, because timers are late in hidden tabs and after sleep.
 *
 * The server asks when it has *sent* nothing for an interval: so the client, which may be throttled, hears
 * something each interval without a timer of its own. Both sides give up after two and a half silent intervals,
 * so that one lost pong is tolerated.
 */
export class KeepAlive {
  readonly #asks: boolean;
  #intervalMs: number;
  #heardAt: number;
  #sentAt: number;
  /** When this was to be looked at next, as of the last time that anything happened. */
  #due: number;

  constructor(options: {
    readonly asks: boolean;
    readonly intervalMs: number;
    readonly now: number;
  }) {
    this.#asks = options.asks;
    this.#intervalMs = options.intervalMs;
    this.#heardAt = options.now;
    this.#sentAt = options.now;
    this.#due = this.wakeAt;
  }

  /** When to look next. */
  get wakeAt(): number {
    const giveUp = this.#heardAt + this.#intervalMs * 2.5;
    return this.#asks ? Math.min(giveUp, this.#sentAt + this.#intervalMs) : giveUp;
  }

  /** The server announced another interval than the default. */
  setInterval(intervalMs: number): void {
    this.#intervalMs = intervalMs;
    this.#due = this.wakeAt;
  }

  /** Something came from the other side. */
  heard(now: number): void {
    this.#heardAt = now;
    this.#due = this.wakeAt;
  }

  /** Something was sent. */
  sent(now: number): void {
    this.#sentAt = now;
    this.#due = this.wakeAt;
  }

  /** What has to be done now. */
  look(now: number): KeepAliveVerdict {
    // A look that comes late means that this process did not run (sleep, a throttled tab, a handler that never
    // yielded): what the other side said meanwhile waits in the socket, unread. It gets one more interval.
    if (now - this.#due > this.#intervalMs / 2) {
      this.#heardAt = Math.max(this.#heardAt, now - this.#intervalMs);
    }
    this.#due = this.wakeAt;
    if (now - this.#heardAt >= this.#intervalMs * 2.5) return "dead";
    return this.#asks && now - this.#sentAt >= this.#intervalMs ? "ping" : "quiet";
  }
}
