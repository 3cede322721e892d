/** Short names for what is large, to compare it by. */

/**
 * Names for the arrays and objects of one value: equal ones have the same.
 *
 * Without them each level's text would hold those of all levels below, and be made again for each level above.
 */
export class Identities {
  readonly #numbers = new Map<string, number>();
  readonly #known = new Map<object, string>();

  /** The name of something that was named before. */
  of(value: object): string | undefined {
    return this.#known.get(value);
  }

  /** Names something by what is in it. */
  name(value: object, text: string): string {
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    this.#numbers.set(text, number);
    const name = `#${number}`;
    this.#known.set(value, name);
    return name;
  }
}
