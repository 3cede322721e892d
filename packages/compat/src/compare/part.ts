/** Definitions and procedures of release documents: each is looked at once, however many releases hold it. */
import type { ReleaseDocument } from "@concordat/core";
import { definitionPrefix } from "@concordat/core/internal";
import { type Survey, survey } from "../normal/survey.ts";
import type { Kind } from "../normal/value.ts";

/** Where a message reaches more definitions than this, comparing it anew costs less than telling it apart. */
const mostDefinitions = 2_000;

/** What is known of the parts of release documents. */
export class Parts {
  readonly #surveys = new WeakMap<object, Survey>();
  readonly #numbers = new WeakMap<object, number>();
  readonly #texts = new Map<string, number>();
  #size = 0;

  /** How long the texts are that are remembered, in characters. */
  get size(): number {
    return this.#size;
  }

  /**
   * The kinds of value that JSON does not have, where anything mentions them that some procedures of a document
   * reach.
   *
   * Throws a RangeError when a part of the document is nested too deeply, or contains itself.
   */
  kindsIn(document: ReleaseDocument, procedures: Iterable<object>): ReadonlySet<Kind> {
    const kinds = new Set<Kind>();
    const parts = new Set(procedures);
    let isWhole = false;
    // A set is walked in the order in which it grows.
    for (const part of parts) {
      const found = this.#surveyOf(part);
      for (const kind of found.kinds) kinds.add(kind);
      for (const reference of found.references) {
        const name = nameIn(reference);
        if (name !== undefined) addObject(parts, definitionOf(document, name));
        else if (!isWhole) {
          // It may lead anywhere in the document.
          for (const each of everyPartOf(document)) addObject(parts, each);
          isWhole = true;
        }
      }
    }
    return kinds;
  }

  /**
   * A text that is equal for procedures that are the same down to the last definition that they reach; undefined
   * where that cannot be told from the texts.
   */
  keyOf(document: ReleaseDocument, procedure: object): string | undefined {
    const names = new Set<string>();
    const numbers: string[] = [];
    const take = (part: object): boolean => {
      const { references, isJson } = this.#surveyOf(part);
      numbers.push(String(this.#numberOf(part)));
      for (const reference of references) {
        const name = nameIn(reference);
        if (name === undefined) return false;
        names.add(name);
      }
      return isJson;
    };
    if (!take(procedure)) return undefined;
    // A set is walked in the order in which it grows.
    for (const name of names) {
      const part = definitionOf(document, name);
      numbers.push(name);
      if (typeof part !== "object" || part === null) numbers.push(String(part));
      else if (!take(part) || names.size > mostDefinitions) return undefined;
    }
    return numbers.join(" ");
  }

  #surveyOf(part: object): Survey {
    const known = this.#surveys.get(part) ?? survey(part);
    this.#surveys.set(part, known);
    return known;
  }

  /** Equal for equal texts. */
  #numberOf(part: object): number {
    const known = this.#numbers.get(part);
    if (known !== undefined) return known;
    const text = JSON.stringify(part);
    const number = this.#texts.get(text) ?? this.#texts.size;
    if (number === this.#texts.size) this.#size += text.length;
    this.#texts.set(text, number);
    this.#numbers.set(part, number);
    return number;
  }
}

/** The name of the definition that a reference means, where it is plain to see. */
function nameIn(reference: string): string | undefined {
  if (!reference.startsWith(definitionPrefix)) return undefined;
  const name = reference.slice(definitionPrefix.length);
  return /[/~%]/.test(name) ? undefined : name;
}

function definitionOf({ definitions }: ReleaseDocument, name: string): unknown {
  return Object.hasOwn(definitions, name) ? definitions[name] : undefined;
}

function addObject(parts: Set<object>, part: unknown): void {
  if (typeof part === "object" && part !== null) parts.add(part);
}

function everyPartOf({ procedures, definitions }: ReleaseDocument): unknown[] {
  return [...Object.values(procedures), ...Object.values(definitions)];
}
