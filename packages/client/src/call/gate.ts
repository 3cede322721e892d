/** Lets one sender wait until it may go on. */

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
