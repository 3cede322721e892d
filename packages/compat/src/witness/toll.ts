/** Bounds the work of a check: TypeBox tries every variant of a union at every level of a value. */

/** Says that a check was given up. */
export class TollSpent extends Error {}

/** Counts how often a check follows a reference. */
export class Toll {
  #left = 0;

  /** Asked beside every reference: accepts everything, as long as there is something left. */
  readonly schema: object = {
    "~refine": [{ check: () => this.#pay(), error: () => "" }],
  };

  /** How many references the next check may follow. */
  allow(references: number): void {
    this.#left = references;
  }

  #pay(): boolean {
    this.#left -= 1;
    if (this.#left < 0) throw new TollSpent();
    return true;
  }
}
