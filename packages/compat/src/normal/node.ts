/** Schemas as nodes of a graph: each has a number, a place, and facts that are read when first asked for. */
import { fingerprintOf } from "@concordat/core/internal";
import type { Facts } from "./facts.ts";
import { Identifiers } from "./identifier.ts";
import { leafText } from "./leaf.ts";
import { isRecord, type Kind, jsonKinds } from "./value.ts";

/** One schema at its place. */
export interface SchemaNode {
  /** Unique within a {@link Space}. */
  readonly id: number;
  /** Equal for schemas that are written the same, where that means the same wherever they stand. */
  readonly writing: number;
  /** Equal for schemas that say the same of values: it is that of the schema, where one does nothing but refer to it. */
  readonly meaning: number;
  readonly raw: unknown;
  /** JSON pointer from the root of its document. */
  readonly path: string;
  readonly document: SchemaDocument;
  /** The schema that this one stands in; names are looked up from the inside out. */
  readonly parent: SchemaNode | undefined;
}

type NewNode = Omit<SchemaNode, "id" | "writing" | "meaning">;

/** A node of which it is not settled yet what it means. */
type Settling = { -readonly [Key in keyof SchemaNode]: SchemaNode[Key] };

/** What reads schemas. */
export interface Reader {
  readonly factsOf: (node: SchemaNode) => Facts;
  /** The schema to which a schema refers that says nothing else; undefined for any other one. */
  readonly targetOf: (node: SchemaNode) => SchemaNode | undefined;
}

/** All nodes of one comparison, of both sides. */
export class Space {
  readonly nodes: SchemaNode[] = [];
  /** The kinds of value that can occur: those of JSON, and the wire's where a schema mentions them. */
  readonly kinds: ReadonlySet<Kind>;
  readonly #facts: (Facts | undefined)[] = [];
  readonly #reader: Reader;
  #isSettling = false;
  /** Numbers of schemas without parts, by their texts. */
  readonly #leaves = new Map<string, number>();

  /**
   * `reader`: says what stands in a schema. It is handed in because reading makes further nodes.
   * `more`: kinds of value beside those of JSON.
   */
  constructor(reader: Reader, more: Iterable<Kind> = []) {
    this.#reader = reader;
    this.kinds = new Set([...jsonKinds, ...more]);
  }

  add(node: NewNode): SchemaNode {
    const id = this.nodes.length;
    const text = leafText(node.raw);
    const known = text === undefined ? undefined : this.#leaves.get(text);
    const { raw, path, document, parent } = node;
    const own = known ?? id;
    const numbered: SchemaNode = { id, writing: own, meaning: own, raw, path, document, parent };
    this.nodes.push(numbered);
    if (text !== undefined && known === undefined && this.#isSound(numbered))
      this.#leaves.set(text, id);
    return numbered;
  }

  /** What a node means that may do nothing but refer to another one. Asked once its document knows the node. */
  settle(node: Settling): void {
    // A target is made on the way. It is settled for itself only where no other one waits for it: chains may be long.
    if (this.#isSettling) return;
    this.#isSettling = true;
    node.meaning = this.#reader.targetOf(node)?.meaning ?? node.meaning;
    this.#isSettling = false;
  }

  /** What is wrong with a schema is told with its path, which is its own. */
  #isSound(node: SchemaNode): boolean {
    const { faults, opaque } = this.factsOf(node);
    return faults.length + opaque.length === 0;
  }

  /** The node of a number that this space gave out. */
  node(id: number): SchemaNode {
    const node = this.nodes[id];
    if (node === undefined) throw new RangeError(`No schema has the number ${id}.`);
    return node;
  }

  /** The first of the nodes that mean the same as this one. */
  canonical(node: SchemaNode): SchemaNode {
    return node.meaning === node.id ? node : this.node(node.meaning);
  }

  factsOf(node: SchemaNode): Facts {
    return (this.#facts[node.meaning] ??= this.#reader.factsOf(this.canonical(node)));
  }
}

/** One JSON document, and the nodes of the schemas in it. */
export class SchemaDocument {
  readonly root: unknown;
  readonly space: Space;
  readonly #nodes = new Map<object, SchemaNode>();
  readonly #made = new Map<string, SchemaNode>();
  #fingerprint: string | undefined;
  #identifiers: Identifiers | undefined;

  constructor(space: Space, root: unknown) {
    this.space = space;
    this.root = root;
  }

  /** Equal for documents that say the same, references and all. */
  get fingerprint(): string {
    return (this.#fingerprint ??= fingerprintOf(this.root));
  }

  /** The names that its schemas give themselves. */
  get identifiers(): Identifiers {
    return (this.#identifiers ??= new Identifiers(this.root));
  }

  /** Whether nothing beside a `$ref` counts: so it was up to draft 7, where a document says that it is of such a draft. */
  get hasSoleReferences(): boolean {
    const draft = isRecord(this.root) ? this.root["$schema"] : undefined;
    return typeof draft === "string" && /draft-0[3-7]/.test(draft);
  }

  /** The node of a schema in this document; the same node whenever the same object is asked for. */
  at(raw: unknown, path: string, parent?: SchemaNode): SchemaNode {
    if (typeof raw !== "object" || raw === null) return this.make(String(raw), raw);
    const known = this.#nodes.get(raw);
    if (known !== undefined) return known;
    const node = this.space.add({ raw, path, document: this, parent });
    this.#nodes.set(raw, node);
    if ("$ref" in raw) this.space.settle(node);
    return node;
  }

  /** The node of a schema that nobody wrote: a part of one, or several together. Equal keys, equal node. */
  make(key: string, raw: unknown, near?: SchemaNode): SchemaNode {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const path = near?.path ?? "";
    const node = this.space.add({ raw, path, document: this, parent: near });
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

/** A space has fewer schemas than this. */
const mostNodes = 0x4000000;

/** A key for each pair of schemas, in this order; equal for pairs that mean the same. */
export function pairKey(left: SchemaNode, right: SchemaNode): number {
  return left.meaning * mostNodes + right.meaning;
}

/** A key for each pair of schemas, in this order; equal for pairs that are written the same. */
export function writingKey(left: SchemaNode, right: SchemaNode): number {
  return left.writing * mostNodes + right.writing;
}

/** A key of its own for each pair of schemas at its place. */
export function placeKey(left: SchemaNode, right: SchemaNode): number {
  return left.id * mostNodes + right.id;
}
