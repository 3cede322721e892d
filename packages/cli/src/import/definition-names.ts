/** Names of definitions that a release may have, for whatever a foreign document calls them. */
import { definitionNamed, segmentsOf } from "./foreign-pointer.ts";
import type { ImportNotes } from "./import-notes.ts";

/** Segments of a pointer that say nothing about what it leads to. */
const silent: ReadonlySet<string> = new Set([
  "definitions",
  "$defs",
  "components",
  "schemas",
  "properties",
  "items",
]);

const grammar = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

/** Gives each target of a reference one name, kept wherever the document's own name can stay. */
export class DefinitionNames {
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #notes: ImportNotes;

  constructor(notes: ImportNotes) {
    this.#notes = notes;
  }

  /** The name for the target of a pointer; the same pointer has always the same name. */
  of(pointer: string): string {
    const known = this.#names.get(pointer);
    if (known !== undefined) return known;
    const wanted = definitionNamed(pointer) ?? nameFor(pointer);
    const name = this.#free(grammar.test(wanted) ? wanted : legal(wanted));
    if (name !== definitionNamed(pointer)) {
      this.#notes.add("note", `the definition at ${pointer} is called ${name}`, pointer);
    }
    this.#names.set(pointer, name);
    this.#taken.add(name);
    return name;
  }

  #free(name: string): string {
    for (let number = 1; ; number += 1) {
      const candidate = number === 1 ? name : `${name.slice(0, 95)}${number}`;
      if (!this.#taken.has(candidate)) return candidate;
    }
  }
}

function nameFor(pointer: string): string {
  const telling = segmentsOf(pointer).filter((segment) => !silent.has(segment));
  return telling.length === 0 ? "Document" : telling.join("_");
}

function legal(name: string): string {
  const letters = name.replace(/[^A-Za-z0-9_]+/g, "_").slice(0, 90);
  return /^[A-Za-z_]/.test(letters) ? letters : `_${letters}`;
}
