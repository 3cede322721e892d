/** What all messages of one comparison share: the search, and everything that was made of single schemas. */
import type { Search } from "../include/search.ts";
import { pairKey, placeKey, type SchemaNode, writingKey } from "../normal/node.ts";
import { type Scan, scan } from "../normal/scan.ts";
import type { Kind } from "../normal/value.ts";
import { Lowering } from "../witness/lower.ts";
import { type LoweredPair, Witnesses } from "../witness/witness.ts";
import { type Account, noteOf, type Topic } from "./account.ts";
import { accountOf } from "./differ.ts";
import { shapeOf, type Variant } from "./shape.ts";
import { spellingDifferences } from "./spelling-difference.ts";

/** A search with its tools. A type that many procedures use is prepared once. */
export class Workbench {
  readonly search: Search;
  readonly #lowering: Lowering;
  readonly #shapes = new Map<number, ReadonlyMap<Kind, readonly Variant[]>>();
  readonly #clean = new Set<SchemaNode>();
  readonly #scans = new Map<number, Scan>();
  readonly #topics = new Map<number, Topic>();
  readonly #accounts = new Map<number, Account>();
  /** The same without what is said of the writing. */
  readonly #unspelled = new Map<number, Account>();
  readonly #witnesses = new Map<number, Witnesses>();

  constructor(search: Search) {
    this.search = search;
    this.#lowering = new Lowering(search.space);
  }

  /** The variants of a schema, by kind. */
  shapeOf(node: SchemaNode): ReadonlyMap<Kind, readonly Variant[]> {
    return remembered(this.#shapes, node.meaning, () => shapeOf(node, this.search.space));
  }

  /** What cannot be read in anything that a schema can reach. */
  scanOf(node: SchemaNode): Scan {
    return remembered(this.#scans, node.meaning, () => scan(node, this.search.space, this.#clean));
  }

  /** One and the same for a pair at the same places. */
  topicOf(before: SchemaNode, after: SchemaNode): Topic {
    return remembered(this.#topics, placeKey(before, after), () => ({ before, after }));
  }

  /** What there is to say of a pair. Many messages contain the same pair. */
  accountOf(before: SchemaNode, after: SchemaNode): Account {
    return remembered(this.#accounts, writingKey(before, after), () => {
      const spellings = spellingDifferences(this.search, before, after);
      const others = remembered(this.#unspelled, pairKey(before, after), () =>
        accountOf(this, before, after),
      );
      if (spellings.length === 0) return others;
      const notes = spellings.map((spelling) =>
        noteOf({ ...spelling, place: [], demand: {} }, { before, after }),
      );
      return [...notes.map((note) => ({ kind: "note", note }) as const), ...others];
    });
  }

  /** What confirms values that one schema emits and the other refuses. */
  witnessesOf(sender: SchemaNode, receiver: SchemaNode): Witnesses {
    return remembered(
      this.#witnesses,
      pairKey(sender, receiver),
      () => new Witnesses(this.search, sender, this.lowered(sender, receiver)),
    );
  }

  /** Whether TypeBox finds a value valid; false where it would take too long to say. */
  isValid(node: SchemaNode, value: unknown): boolean {
    return this.witnessesOf(node, node).isValid(value);
  }

  /** Two schemas as TypeBox reads them. */
  lowered(sender: SchemaNode, receiver: SchemaNode): LoweredPair {
    const { toll } = this.#lowering;
    const of = (node: SchemaNode) => this.#lowering.of(this.search.space.canonical(node));
    return { sender: of(sender), receiver: of(receiver), toll };
  }
}

function remembered<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}
