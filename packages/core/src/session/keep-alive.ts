/** When to ask whether the other side is still there, and when to give it up. */

/** What has to be done now. */
export type KeepAliveVerdict = "quiet" | "ping" | "dead";

/** After so many silent intervals the other side is gone. */
const giveUpAfter = 2;
/** One that has not answered is asked again after this part of an interval: one lost answer is no end. */
const askAgainAfter = 0.5;
/** A side that need not ask does so when this many intervals were silent, before it gives up. */
const askLastAfter = 1.5;
/** A look that is late by this part of an interval came to a process that did not run. */
const lateAfter = 0.05;
/**
 * How many intervals such a process waits on, the first time and the second: what the other side said meanwhile waits
 * in the socket, unread. There is no third time, or a page whose timers are always late would never give up.
 */
const graces: readonly number[] = [1, 0.05];

/**
 * Judges by the wall clock on every look, because timers are late in hidden tabs and after sleep.
 *
 * The server asks when it has sent, or heard, nothing for an interval: so the client, which may be throttled, hears
 * something each interval without a timer of its own. Both give up after two silent intervals.
 */
export class KeepAlive {
  readonly #asks: boolean;
  #intervalMs: number;
  #heardAt: number;
  #sentAt: number;
  #askedAt = -Infinity;
  /** How many late looks were forgiven since the other side was heard. */
  #forgiven = 0;

  constructor(options: {
    /** Whether the other side has to hear something each interval. */
    readonly asks: boolean;
    readonly intervalMs: number;
    readonly now: number;
  }) {
    this.#asks = options.asks;
    this.#intervalMs = options.intervalMs;
    this.#heardAt = options.now;
    this.#sentAt = options.now;
  }

  /** When to look next. */
  get wakeAt(): number {
    return Math.min(this.#askAt, this.#heardAt + this.#intervalMs * giveUpAfter);
  }

  /** The server announced another interval than the default. */
  setInterval(intervalMs: number): void {
    this.#intervalMs = intervalMs;
  }

  /** Something came from the other side. */
  heard(now: number): void {
    this.#heardAt = now;
    this.#forgiven = 0;
  }

  /** Something was sent. */
  sent(now: number): void {
    this.#sentAt = now;
  }

  /** There is a reason to think that the other side may be gone: it has half an interval to say something. */
  doubt(now: number): KeepAliveVerdict {
    if (now - this.#askedAt < this.#intervalMs * lateAfter) return "quiet"; // page events come in crowds
    const silentMs = (giveUpAfter - askAgainAfter) * this.#intervalMs;
    this.#heardAt = Math.min(this.#heardAt, now - silentMs);
    return this.#ask(now);
  }

  /** What has to be done now. */
  look(now: number): KeepAliveVerdict {
    const hasSlept = now - this.wakeAt > this.#intervalMs * lateAfter && this.#forgive(now);
    if (now - this.#heardAt >= this.#intervalMs * giveUpAfter) return "dead";
    return hasSlept || now >= this.#askAt ? this.#ask(now) : "quiet";
  }

  get #askAt(): number {
    const again = this.#askedAt + this.#intervalMs * askAgainAfter;
    if (!this.#asks) return Math.max(this.#heardAt + this.#intervalMs * askLastAfter, again);
    const whenSilent = Math.max(this.#heardAt + this.#intervalMs, again);
    return Math.min(this.#sentAt + this.#intervalMs, whenSilent);
  }

  #ask(now: number): "ping" {
    this.#askedAt = now;
    this.#sentAt = now; // it leaves at the end of this turn
    return "ping";
  }

  /** Returns whether the silence was this side's own. */
  #forgive(now: number): boolean {
    const grace = graces[this.#forgiven];
    if (grace === undefined) return false;
    const latestSilence = (giveUpAfter - grace) * this.#intervalMs;
    if (now - this.#heardAt <= latestSilence) return false;
    this.#forgiven += 1;
    this.#heardAt = now - latestSilence;
    return true;
  }
}
