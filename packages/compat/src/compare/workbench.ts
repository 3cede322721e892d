/** What all messages of one comparison share: the search, and everything that was made of single schemas. */
import type { Search } from "../include/search.ts";
import { pairKey, type SchemaNode } from "../normal/node.ts";
import { type Scan, scan } from "../normal/scan.ts";
import type { Kind } from "../normal/value.ts";
import { Lowering } from "../witness/lower.ts";
import type { LoweredPair } from "../witness/witness.ts";
import type { Passage, PassageNotes } from "./passage.ts";
import { shapeOf, type Variant } from "./shape.ts";
import { type Spelling, spellingDifferences } from "./spelling-difference.ts";

/** A search with its tools. A type that many procedures use is prepared once. */
export class Workbench {
  readonly search: Search;
  /** Pairs of schemas that differ only further inside, by the numbers of both. */
  readonly passages: Map<number, Passage> = new Map();
  readonly #lowering: Lowering;
  readonly #shapes = new Map<SchemaNode, ReadonlyMap<Kind, readonly Variant[]>>();
  readonly #clean = new Set<SchemaNode>();
  readonly #scans = new Map<SchemaNode, Scan>();
  readonly #spellings = new Map<number, readonly Spelling[]>();

  constructor(search: Search) {
    this.search = search;
    this.#lowering = new Lowering(search.space);
  }

  /** The variants of a schema, by kind. */
  shapeOf(node: SchemaNode): ReadonlyMap<Kind, readonly Variant[]> {
    return remembered(this.#shapes, node, () => shapeOf(node, this.search.space));
  }

  /** What cannot be read in anything that a schema can reach. */
  scanOf(node: SchemaNode): Scan {
    return remembered(this.#scans, node, () => scan(node, this.search.space, this.#clean));
  }

  /** What changed in the writing of a schema. Many messages come upon the same pair. */
  spellingsOf(before: SchemaNode, after: SchemaNode): readonly Spelling[] {
    return remembered(this.#spellings, pairKey(before, after), () =>
      spellingDifferences(this.search, before, after),
    );
  }

  /** Remembers a pair that has no difference of its own, if that is what the notes say. */
  keepPassage(key: number, notes: PassageNotes): void {
    const passage = notes.passage(({ before, after }) => this.passages.get(pairKey(before, after)));
    if (passage !== undefined) this.passages.set(key, passage);
  }

  /** Two schemas as TypeBox reads them. */
  lowered(sender: SchemaNode, receiver: SchemaNode): LoweredPair {
    const { toll } = this.#lowering;
    return { sender: this.#lowering.of(sender), receiver: this.#lowering.of(receiver), toll };
  }
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
