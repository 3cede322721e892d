/** Schemas as nodes of a graph: each has a number, a place, and facts that are read when first asked for. */
import { fingerprintOf } from "@concordat/core/internal";
import type { Facts } from "./facts.ts";
import { type Kind, jsonKinds } from "./value.ts";

/** One schema at its place. */
export interface SchemaNode {
  /** Unique within a {@link Space}. */
  readonly id: number;
  readonly raw: unknown;
  /** JSON pointer from the root of its document. */
  readonly path: string;
  readonly document: SchemaDocument;
  /** The schema that this one stands in; names are looked up from the inside out. */
  readonly parent?: SchemaNode;
}

/** All nodes of one comparison, of both sides. */
export class Space {
  readonly nodes: SchemaNode[] = [];
  /** The kinds of value that can occur: those of JSON, and the wire's where a schema mentions them. */
  readonly kinds: ReadonlySet<Kind>;
  readonly #facts: (Facts | undefined)[] = [];
  readonly #read: (node: SchemaNode) => Facts;

  /**
   * `read`: says what stands in a schema. It is handed in because reading makes further nodes.
   * `more`: kinds of value beside those of JSON.
   */
  constructor(read: (node: SchemaNode) => Facts, more: Iterable<Kind> = []) {
    this.#read = read;
    this.kinds = new Set([...jsonKinds, ...more]);
  }

  add(node: Omit<SchemaNode, "id">): SchemaNode {
    const numbered = { ...node, id: this.nodes.length };
    this.nodes.push(numbered);
    return numbered;
  }

  /** The node of a number that this space gave out. */
  node(id: number): SchemaNode {
    const node = this.nodes[id];
    if (node === undefined) throw new RangeError(`No schema has the number ${id}.`);
    return node;
  }

  factsOf(node: SchemaNode): Facts {
    return (this.#facts[node.id] ??= this.#read(node));
  }
}

/** One JSON document, and the nodes of the schemas in it. */
export class SchemaDocument {
  readonly root: unknown;
  readonly space: Space;
  readonly #nodes = new Map<object, SchemaNode>();
  readonly #made = new Map<string, SchemaNode>();
  #fingerprint: string | undefined;

  constructor(space: Space, root: unknown) {
    this.space = space;
    this.root = root;
  }

  /** Equal for documents that say the same, references and all. */
  get fingerprint(): string {
    return (this.#fingerprint ??= fingerprintOf(this.root));
  }

  /** The node of a schema in this document; the same node whenever the same object is asked for. */
  at(raw: unknown, path: string, parent?: SchemaNode): SchemaNode {
    if (typeof raw !== "object" || raw === null) return this.make(String(raw), raw);
    const known = this.#nodes.get(raw);
    if (known !== undefined) return known;
    const node = this.space.add({ raw, path, document: this, ...(parent && { parent }) });
    this.#nodes.set(raw, node);
    return node;
  }

  /** The node of a schema that nobody wrote: a part of one, or several together. Equal keys, equal node. */
  make(key: string, raw: unknown, near?: SchemaNode): SchemaNode {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const path = near?.path ?? "";
    const node = this.space.add({ raw, path, document: this, ...(near && { parent: near }) });
    this.#made.set(key, node);
    return node;
  }

  /** The node that asks for several schemas of this document at once. */
  allOf(nodes: readonly SchemaNode[]): SchemaNode {
    const [first] = nodes;
    if (first !== undefined && nodes.length === 1) return first;
    const key = `all:${nodes.map(({ id }) => id).join(",")}`;
    return this.make(key, { allOf: nodes.map((node) => node.raw) }, first);
  }
}

/** A key of its own for each pair of schemas of a space, in this order. A space has fewer than 67 million. */
export function pairKey(left: SchemaNode, right: SchemaNode): number {
  return left.id * 0x4000000 + right.id;
}

/** One step further on a JSON pointer. */
export function below(path: string, ...names: readonly (string | number)[]): string {
  return (
    path +
    names.map((name) => `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")
  );
}
