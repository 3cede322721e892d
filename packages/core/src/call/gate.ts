/** Lets the one who fills a call wait until it may send again, or is over. Both sides of a call need it. */

/** A gate with one who waits at most. */
export class Gate {
  #open: (() => void) | undefined;

  /** Who waits goes on. */
  open(): void {
    this.#open?.();
    this.#open = undefined;
  }

  /** Settles at the next {@link open}. */
  wait(): Promise<void> {
    return new Promise((open) => (this.#open = open));
  }
}
