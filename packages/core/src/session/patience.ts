/** How long the other side may take to say something, in time in which this side could have heard it. */

/** The limit is looked at so often on its way. What this process missed is known as finely. */
const looks = 8;

/** Timers of a process that is not busy are late by a millisecond or two. */
const lateMs = 5;

/**
 * A limit on the silence of the other side.
 *
 * A look that comes late means that this process did not run: something kept it busy, or the machine slept. What the
 * other side said meanwhile waits in the socket, unread, so that time does not count. One look at the end could not
 * tell: a process that was busy nearly all of the time may well be punctual for it.
 */
export class Patience {
  readonly #stepMs: number;
  #endsAt: number;
  #lookAt: number;

  constructor(limitMs: number, now: number) {
    this.#stepMs = limitMs / looks;
    this.#endsAt = now + limitMs;
    this.#lookAt = now + this.#stepMs;
  }

  /** When to look next. */
  get wakeAt(): number {
    return Math.min(this.#lookAt, this.#endsAt);
  }

  /** Whether it is at its end. */
  isOver(now: number): boolean {
    const late = now - this.wakeAt;
    if (late < 0) return false;
    if (late > lateMs) this.#endsAt += late;
    this.#lookAt = now + this.#stepMs;
    return now >= this.#endsAt;
  }
}
