/** Whether the alternatives of a union can be told apart by the value alone, with the choice that its shape makes. */
import { type Kind, kindOf } from "../../schema/kind.ts";
import type { Node, Scalar, Tag, Telling, UnionNode } from "./node.ts";

/** A node by the name of its definition. */
export type Resolve = (definition: string) => Node;

/** Tells alternatives apart, in the nodes of one release. */
export class Teller {
  readonly #resolve: Resolve;
  readonly #known = new Map<UnionNode, Telling | undefined>();

  constructor(resolve: Resolve) {
    this.#resolve = resolve;
  }

  /** How a union's alternatives are told apart; undefined where they are not, or where it leads back to itself. */
  telling(union: UnionNode): Telling | undefined {
    if (this.#known.has(union)) return this.#known.get(union);
    this.#known.set(union, undefined); // whoever asks meanwhile is inside of it
    const telling = this.#find(union);
    this.#known.set(union, telling);
    return telling;
  }

  /** What stands behind references; undefined where they only lead back to themselves. */
  behind(node: Node): Node | undefined {
    const seen = new Set<string>();
    let at = node;
    while (at.kind === "reference") {
      if (seen.has(at.definition)) return undefined;
      seen.add(at.definition);
      at = this.#resolve(at.definition);
    }
    return at;
  }

  #find({ alternatives }: UnionNode): Telling | undefined {
    const isNull = alternatives.map(isOnlyNull);
    const others = alternatives.filter((_, index) => isNull[index] !== true);
    const nulls = alternatives.length - others.length;
    const byKind = new Map<Kind, number[]>();
    for (const [index, node] of others.entries()) {
      const kinds = this.#kinds(node);
      if (kinds === undefined) return undefined;
      for (const kind of kinds) byKind.set(kind, [...(byKind.get(kind) ?? []), index]);
    }
    if (nulls + (byKind.get("null")?.length ?? 0) > 1) return undefined;
    const objects = byKind.get("object") ?? [];
    const tag = objects.length > 1 ? this.#tag(others, objects) : undefined;
    const isTold = [...byKind].every(
      ([kind, each]) => each.length === 1 || (kind === "object" && tag !== undefined),
    );
    if (!isTold) return undefined;
    const firsts = [...byKind].map(([kind, each]) => [kind, each[0] ?? 0] as const);
    return {
      count: alternatives.length,
      isNullable: nulls > 0,
      byKind: new Map(firsts),
      tag,
    };
  }

  /** The kinds of value that a node stands for; undefined where that is not known. */
  #kinds(node: Node): ReadonlySet<Kind> | undefined {
    const target = this.behind(node);
    if (target === undefined) return undefined;
    switch (target.kind) {
      case "free":
      case "reference":
        return undefined;
      case "choice":
        return new Set(target.values.map(kindOf).filter((kind) => kind !== undefined));
      case "union": {
        const telling = this.telling(target);
        if (telling === undefined) return undefined;
        return new Set([
          ...telling.byKind.keys(),
          ...(telling.isNullable ? ["null" as const] : []),
        ]);
      }
      case "never":
        return new Set();
      default:
        return new Set([kindOfNode[target.kind]]);
    }
  }

  /** The first property that each alternative requires, with constants that no other one has. */
  #tag(alternatives: readonly Node[], objects: readonly number[]): Tag | undefined {
    const tags = objects.map((index) => this.#tags(alternatives[index]));
    for (const property of tags[0]?.keys() ?? []) {
      const byValue = new Map<Scalar, number>();
      const isTag = tags.every((each, place) => {
        const values = each.get(property);
        const index = objects[place] ?? 0;
        if (values === undefined) return false;
        return [...values].every((value) => !byValue.has(value) && byValue.set(value, index));
      });
      if (isTag) return { property, byValue };
    }
    return undefined;
  }

  #tags(node: Node | undefined): ReadonlyMap<string, ReadonlySet<Scalar>> {
    const tags = new Map<string, ReadonlySet<Scalar>>();
    const target = node && this.behind(node);
    if (target?.kind !== "object") return tags;
    for (const { name, node: property, isRequired } of target.properties) {
      const values = isRequired ? this.#values(property) : undefined;
      if (values !== undefined) tags.set(name, values);
    }
    return tags;
  }

  /** The only constants that a node stands for; undefined where it stands for more. */
  #values(node: Node): ReadonlySet<Scalar> | undefined {
    const target = this.behind(node);
    if (target?.kind === "choice") return new Set(target.values);
    if (target?.kind !== "union" || this.telling(target) === undefined) return undefined;
    const each = target.alternatives.map((alternative) => this.#values(alternative));
    if (each.includes(undefined)) return undefined;
    return new Set(each.flatMap((values) => [...(values ?? [])]));
  }
}

const kindOfNode = {
  text: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
  bytes: "bytes",
  timestamp: "timestamp",
  bigint: "bigint",
  list: "array",
  tuple: "array",
  object: "object",
} as const satisfies Record<string, Kind>;

/** Whether a node is `null` and nothing else. */
export function isOnlyNull(node: Node): boolean {
  return node.kind === "choice" && node.values.length === 1 && node.values[0] === null;
}
