/** What a schema declares about parts of a value, with everything that always applies together. */
import type { ArrayFacts, Facts, ObjectFacts } from "../normal/facts.ts";
import type { SchemaNode, Space } from "../normal/node.ts";
import { schemasFor } from "./object-facts.ts";

/** How TypeBox writes a record with any name. It leaves out names with a line break, which nobody means. */
export const everyName = "^.*$";

/** The declarations of a schema; both undefined where choices or conditions decide what is declared. */
export interface Declarations {
  /** The schema is nothing but a union of these. */
  readonly union?: readonly SchemaNode[];
  /** What an object or an array declares. It asserts nothing else: only undeclared parts break it. */
  readonly facts?: Pick<Facts, "array" | "object">;
}

/** Reads the declarations of a schema. */
export function declarationsOf(node: SchemaNode, space: Space): Declarations {
  const nodes = new Set([node]);
  // A set is walked in the order in which it grows.
  for (const each of nodes) for (const inner of space.factsOf(each).all) nodes.add(inner);
  const all = [...nodes].map((each) => space.factsOf(each));
  if (
    all.some(
      ({ one, not, conditions, opaque }) =>
        one.length + not.length + conditions.length + opaque.length > 0,
    )
  ) {
    return {};
  }
  const unions = all.flatMap(({ any }) => any);
  const [union] = unions;
  if (union !== undefined) {
    const isOnlyUnion = unions.length === 1 && all.every((facts) => assertsNothing(facts, space));
    return isOnlyUnion ? { union } : {};
  }
  const object = declaredObject(
    node,
    all.flatMap((facts) => facts.object ?? []),
  );
  const array = declaredArray(
    node,
    all.flatMap((facts) => facts.array ?? []),
  );
  return { facts: { ...(object && { object }), ...(array && { array }) } };
}

function assertsNothing(facts: Facts, space: Space): boolean {
  const { kinds, values, number, string, array, object } = facts;
  const assertions = [values, number, string, array, object];
  return (
    kinds.size === space.kinds.size && assertions.every((assertion) => assertion === undefined)
  );
}

function declaredObject(
  near: SchemaNode,
  members: readonly ObjectFacts[],
): ObjectFacts | undefined {
  // An object that declares nothing keeps everything.
  if (!members.some(({ declares }) => declares)) return undefined;
  const names = new Set(
    members.flatMap(({ properties, required }) => [...properties.keys(), ...required]),
  );
  const properties = [...names].map((name) => {
    const nodes = members.flatMap((facts) =>
      schemasFor(facts, name).nodes.flatMap((node) => node ?? []),
    );
    return [name, together(near, nodes)] as const;
  });
  const rests = members.flatMap(({ rest, patterns }) => [
    ...(rest ? [rest] : []),
    ...patterns.flatMap(([pattern, node]) => (pattern === everyName ? [node] : [])),
  ]);
  return {
    properties: new Map(properties),
    patterns: members.flatMap(({ patterns }) => patterns),
    rest: rests.length > 0 ? together(near, rests) : near.document.make("false", false),
    required: new Set(),
    min: 0,
    max: Infinity,
    declares: true,
  };
}

function declaredArray(near: SchemaNode, members: readonly ArrayFacts[]): ArrayFacts | undefined {
  if (members.length === 0) return undefined;
  const length = Math.max(...members.map(({ prefix }) => prefix.length));
  const at = (index: number): SchemaNode =>
    together(
      near,
      members.flatMap(({ prefix, rest }) => (index < prefix.length ? prefix[index] : rest) ?? []),
    );
  return {
    prefix: Array.from({ length }, (_, index) => at(index)),
    rest: at(length),
    min: 0,
    max: Infinity,
    unique: false,
  };
}

function together(near: SchemaNode, nodes: readonly SchemaNode[]): SchemaNode {
  return nodes.length === 0
    ? near.document.make("true", true)
    : near.document.allOf([...new Set(nodes)]);
}
