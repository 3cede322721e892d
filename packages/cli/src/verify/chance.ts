/** Chance that can be repeated: the same seed, the same choices. */

/** A source of choices. */
export class Chance {
  #state: number;

  /** @param seed Any number; its low 32 bits count. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to, not including, 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  is(probability: number): boolean {
    return this.next() < probability;
  }

  /** @throws RangeError where there is nothing to choose from. */
  of<Choice>(choices: readonly Choice[]): Choice {
    if (choices.length === 0) throw new RangeError("There is nothing to choose from.");
    return choices[this.below(choices.length)] as Choice; // below the length, of a list that holds no gaps
  }
}
