/** Looks for a shortest text of a language, or shows that it has none. */
import {
  type CharSet,
  complement,
  everything,
  includes,
  intersection,
  sample,
} from "./char-set.ts";
import type { Language, Languages } from "./language.ts";

/** A text, `"none"` when the language is empty, `"limit"` when the search grew too large. */
export type Shortest = { readonly text: string } | "none" | "limit";

/** Walks languages by their first character, each state once. */
export class TextSearch {
  readonly #languages: Languages;
  readonly #rests = new Map<string, Language>();
  readonly #classes = new Map<number, readonly CharSet[]>();
  readonly #answers = new Map<number, Shortest>();

  constructor(languages: Languages) {
    this.#languages = languages;
  }

  shortest(start: Language, limit: number): Shortest {
    const known = this.#answers.get(start.id);
    if (known !== undefined) return known;
    const answer = this.#search(start, limit);
    this.#answers.set(start.id, answer);
    return answer;
  }

  #search(start: Language, limit: number): Shortest {
    if (start.nullable) return { text: "" };
    const seen = new Set<number>([start.id]);
    // Each state remembers the one that it came from, so that the text is put together only once.
    const queue: { language: Language; from: number; point: number }[] = [
      { language: start, from: -1, point: 0 },
    ];
    let work = 0;
    for (let index = 0; index < queue.length; index += 1) {
      const state = queue[index];
      if (state === undefined) break;
      for (const set of this.#classesOf(state.language)) {
        work += 1;
        if (work > limit) return "limit";
        const point = sample(set);
        if (point === undefined) continue;
        const rest = this.#after(state.language, point);
        if (rest === this.#languages.nothing || seen.has(rest.id)) continue;
        seen.add(rest.id);
        queue.push({ language: rest, from: index, point });
        if (rest.nullable) return { text: spelled(queue, queue.length - 1) };
      }
    }
    return "none";
  }

  /** What may follow a first character. */
  #after(language: Language, point: number): Language {
    const key = `${language.id}:${point}`;
    const known = this.#rests.get(key);
    if (known !== undefined) return known;
    const rest = this.#derive(language, point);
    this.#rests.set(key, rest);
    return rest;
  }

  #derive(language: Language, point: number): Language {
    const make = this.#languages;
    switch (language.form) {
      case "nothing":
      case "empty":
        return make.nothing;
      case "set":
        return includes(language.set, point) ? make.empty : make.nothing;
      case "then": {
        const { head, tail } = language;
        const inHead = make.then(this.#after(head, point), tail);
        return head.nullable ? make.or(inHead, this.#after(tail, point)) : inHead;
      }
      case "or":
        return make.or(...language.parts.map((part) => this.#after(part, point)));
      case "and":
        return make.and(...language.parts.map((part) => this.#after(part, point)));
      case "not":
        return make.not(this.#after(language.of, point));
      case "repeat": {
        const { of, min, max } = language;
        return make.then(this.#after(of, point), make.repeat(of, Math.max(min - 1, 0), max - 1));
      }
    }
  }

  /** Sets of characters that the language cannot tell apart; together they are every character. */
  #classesOf(language: Language): readonly CharSet[] {
    const known = this.#classes.get(language.id);
    if (known !== undefined) return known;
    const classes = this.#classify(language);
    this.#classes.set(language.id, classes);
    return classes;
  }

  #classify(language: Language): readonly CharSet[] {
    switch (language.form) {
      case "nothing":
      case "empty":
        return [everything];
      case "set":
        return [language.set, complement(language.set)].filter((set) => set.length > 0);
      case "then": {
        const head = this.#classesOf(language.head);
        return language.head.nullable ? refined(head, this.#classesOf(language.tail)) : head;
      }
      case "or":
      case "and":
        return language.parts.map((part) => this.#classesOf(part)).reduce(refined);
      case "not":
      case "repeat":
        return this.#classesOf(language.of);
    }
  }
}

function refined(left: readonly CharSet[], right: readonly CharSet[]): readonly CharSet[] {
  if (left.length === 1) return right;
  if (right.length === 1) return left;
  return left.flatMap((a) => right.map((b) => intersection(a, b))).filter((set) => set.length > 0);
}

function spelled(queue: readonly { from: number; point: number }[], end: number): string {
  const points: number[] = [];
  for (let index = end; index > 0; index = queue[index]?.from ?? 0)
    points.push(queue[index]?.point ?? 0);
  let text = "";
  for (const point of points.toReversed()) text += String.fromCodePoint(point);
  return text;
}
