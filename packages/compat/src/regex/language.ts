/**
 * Regular languages over whole texts, closed under "and", "or" and "not".
 *
 * Equal languages that are built alike are one object, so that a search can remember where it has been.
 */
import { type CharSet, everything, intersection, union } from "./char-set.ts";

/** A set of texts. */
export type Language = { readonly id: number; readonly nullable: boolean } & Form;

type Form =
  | { readonly form: "nothing" }
  | { readonly form: "empty" }
  | { readonly form: "set"; readonly set: CharSet }
  | { readonly form: "then"; readonly head: Language; readonly tail: Language }
  | { readonly form: "or" | "and"; readonly parts: readonly Language[] }
  | { readonly form: "not"; readonly of: Language }
  | { readonly form: "repeat"; readonly of: Language; readonly min: number; readonly max: number };

/** Makes languages, each only once. */
export class Languages {
  /** What patterns have been read as; undefined for those that are not regular. */
  readonly ofPattern: Map<string, Language | undefined> = new Map();
  readonly #made = new Map<string, Language>();
  /** No text at all. */
  readonly nothing: Language = this.#make("nothing", { form: "nothing" }, false);
  /** The empty text. */
  readonly empty: Language = this.#make("empty", { form: "empty" }, true);
  /** Every single character. */
  readonly any: Language = this.set(everything);
  /** Every text. */
  readonly all: Language = this.repeat(this.any, 0, Infinity);

  set(set: CharSet): Language {
    return set.length === 0
      ? this.nothing
      : this.#make(`[${set.join()}]`, { form: "set", set }, false);
  }

  text(text: string): Language {
    let language = this.empty;
    for (const character of Array.from(text).toReversed()) {
      const point = character.codePointAt(0) ?? 0;
      // Half a character is in no set; nothing that can be sent has one.
      const isHalf = point >= 0xd8_00 && point <= 0xdf_ff;
      language = this.then(isHalf ? this.nothing : this.set([point, point]), language);
    }
    return language;
  }

  then(head: Language, tail: Language): Language {
    if (head === this.nothing || tail === this.nothing) return this.nothing;
    if (head === this.empty) return tail;
    if (tail === this.empty) return head;
    if (head.form === "then") return this.then(head.head, this.then(head.tail, tail));
    if (head === this.all && tail.form === "then" && tail.head === this.all) return tail;
    if (head === this.all && tail === this.all) return tail;
    const nullable = head.nullable && tail.nullable;
    return this.#make(`${head.id}.${tail.id}`, { form: "then", head, tail }, nullable);
  }

  or(...languages: readonly Language[]): Language {
    const parts = this.#flat("or", languages).filter((part) => part !== this.nothing);
    if (parts.includes(this.all)) return this.all;
    let set: CharSet = [];
    const others: Language[] = [];
    for (const part of parts) {
      if (part.form === "set") set = union(set, part.set);
      else others.push(part);
    }
    const all = set.length === 0 ? others : [...others, this.set(set)];
    return this.#many(
      "or",
      all,
      this.nothing,
      all.some((part) => part.nullable),
    );
  }

  and(...languages: readonly Language[]): Language {
    const parts = this.#flat("and", languages).filter((part) => part !== this.all);
    if (parts.includes(this.nothing)) return this.nothing;
    let set: CharSet | undefined;
    const others: Language[] = [];
    for (const part of parts) {
      if (part.form === "set") set = set === undefined ? part.set : intersection(set, part.set);
      else others.push(part);
    }
    if (set?.length === 0) return this.nothing;
    const all = set === undefined ? others : [...others, this.set(set)];
    return this.#many(
      "and",
      all,
      this.all,
      all.every((part) => part.nullable),
    );
  }

  not(of: Language): Language {
    if (of === this.nothing) return this.all;
    if (of === this.all) return this.nothing;
    if (of.form === "not") return of.of;
    return this.#make(`!${of.id}`, { form: "not", of }, !of.nullable);
  }

  repeat(of: Language, min: number, max: number): Language {
    if (max === 0 || of === this.empty) return this.empty;
    if (of === this.nothing) return min === 0 ? this.empty : this.nothing;
    if (min === 1 && max === 1) return of;
    const least = of.nullable ? 0 : min;
    if (of.form === "repeat" && of.min === 0 && of.max === Infinity && max === Infinity) return of;
    return this.#make(
      `${of.id}{${least},${max}}`,
      { form: "repeat", of, min: least, max },
      least === 0,
    );
  }

  #flat(form: "or" | "and", languages: readonly Language[]): Language[] {
    return languages.flatMap((part) => (part.form === form ? part.parts : [part]));
  }

  #many(
    form: "or" | "and",
    parts: readonly Language[],
    none: Language,
    nullable: boolean,
  ): Language {
    const unique = [...new Set(parts)].toSorted((left, right) => left.id - right.id);
    const [first] = unique;
    if (first === undefined) return none;
    if (unique.length === 1) return first;
    const key = `${form}(${unique.map(({ id }) => id).join()})`;
    return this.#make(key, { form, parts: unique }, nullable);
  }

  #make(key: string, form: Form, nullable: boolean): Language {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const language: Language = { id: this.#made.size, nullable, ...form };
    this.#made.set(key, language);
    return language;
  }
}
