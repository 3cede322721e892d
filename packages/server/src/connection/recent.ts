/** What was asked for lately, so many at most. */

/** Values by key. The one that nobody has asked for the longest goes first; whoever has it keeps it. */
export class Recent<Key, Value> {
  readonly #most: number;
  readonly #values = new Map<Key, Value>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The value of a key, made where it is not there. */
  get(key: Key, make: () => Value): Value {
    const value = this.#values.get(key) ?? make();
    this.#values.delete(key); // and behind all others again
    this.#values.set(key, value);
    if (this.#values.size > this.#most) this.#dropFirst();
    return value;
  }

  #dropFirst(): void {
    for (const key of this.#values.keys()) {
      this.#values.delete(key);
      return;
    }
  }
}
