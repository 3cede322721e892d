/** What all messages of one comparison share: the search, and everything that was made of single schemas. */
import type { Search } from "../include/search.ts";
import type { SchemaNode } from "../normal/node.ts";
import { type Scan, scan } from "../normal/scan.ts";
import type { Kind } from "../normal/value.ts";
import { Lowering } from "../witness/lower.ts";
import { shapeOf, type Variant } from "./shape.ts";

/** A search with its tools. A type that many procedures use is prepared once. */
export class Workbench {
  readonly search: Search;
  readonly #lowering: Lowering;
  readonly #shapes = new Map<SchemaNode, ReadonlyMap<Kind, readonly Variant[]>>();
  readonly #clean = new Set<SchemaNode>();
  readonly #scans = new Map<SchemaNode, Scan>();

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

  /** A schema as TypeBox reads it. */
  lowered(node: SchemaNode): unknown {
    return this.#lowering.of(node);
  }
}

function remembered<Value>(
  known: Map<SchemaNode, Value>,
  node: SchemaNode,
  make: () => Value,
): Value {
  const value = known.get(node) ?? make();
  known.set(node, value);
  return value;
}
