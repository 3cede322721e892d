/** How fast a peer may talk: a bucket of frames that fills by the clock, and holds what may come in one second. */
import type { Frame } from "../wire/frame.ts";
import { WireError } from "../wire/wire-error.ts";

/** The bucket of one connection. */
export class FrameRate {
  readonly #perSecond: number;
  #left: number;
  #filledAt: number | undefined;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#left = perSecond;
  }

  /**
   * A message came. What costs credit is bounded by that already, and not counted.
   *
   * @throws WireError when more came than there is room for.
   */
  spend(frames: readonly Frame[], now: number): void {
    const passedMs = Math.max(0, now - (this.#filledAt ?? now));
    this.#filledAt = now;
    this.#left = Math.min(this.#perSecond, this.#left + (passedMs * this.#perSecond) / 1_000) - 1;
    for (const { kind } of frames) if (kind !== "item" && kind !== "notification") this.#left -= 1;
    if (this.#left >= 0) return;
    const message = `more than ${this.#perSecond} frames came in a second`;
    throw new WireError(message, "too-many-requests");
  }
}
