/** What a schema declares about parts of a value, with everything that always applies together. */
import type { ArrayFacts, Facts, ObjectFacts } from "../normal/facts.ts";
import type { SchemaNode, Space } from "../normal/node.ts";
import { accepted, type Literal, refused } from "./literal.ts";
import { schemasFor } from "./object-facts.ts";

/** How TypeBox writes a record with any name. It leaves out names with a line break, which nobody means. */
export const everyName = "^.*$";

/** One way in which a schema declares the parts of a value. */
export interface Declaring {
  /** What a value does where this is the way. */
  readonly guards: readonly Literal[];
  /** What an object or an array declares. It asserts nothing else: only undeclared parts break it. */
  readonly facts: Pick<Facts, "array" | "object">;
}

/** The declarations of a schema: those of a mere union are those of its options. */
export type Declarations =
  | { readonly union: readonly SchemaNode[] }
  /** A value is emitted where it is valid, and holds what one of the ways that apply declares; undefined where they are too many. */
  | { readonly ways: readonly Declaring[] | undefined };

/** More ways than this are not told apart. */
const mostWays = 64;

/** Reads the declarations of a schema. */
export function declarationsOf(node: SchemaNode, space: Space): Declarations {
  const union = optionsOf(node, space);
  if (union !== undefined) return { union };
  const choices = choicesOf(node, space);
  const ways = choices?.map(({ guards, nodes, shown }): Declaring => {
    const all = [...new Set([...nodes, ...shown])].map((each) => space.factsOf(each));
    // What only a condition speaks of is declared, and leaves an object open.
    const isClosed = nodes.some((each) => space.factsOf(each).object?.declares === true);
    const object = isClosed
      ? declaredObject(
          node,
          all.flatMap((each) => each.object ?? []),
        )
      : undefined;
    const array = declaredArray(
      node,
      all.flatMap((each) => each.array ?? []),
    );
    return { guards, facts: { ...(object && { object }), ...(array && { array }) } };
  });
  return { ways };
}

/** The options of a schema that is nothing but a union. */
export function optionsOf(node: SchemaNode, space: Space): readonly SchemaNode[] | undefined {
  const facts = space.factsOf(node);
  const { all, any, one, not, conditions, opaque } = facts;
  const others = all.length + one.length + not.length + conditions.length + opaque.length;
  return others === 0 && any.length === 1 && assertsNothing(facts, space) ? any[0] : undefined;
}

/** Schemas that declare together, where a value takes some options and not others. */
interface Choice {
  readonly guards: readonly Literal[];
  readonly nodes: readonly SchemaNode[];
  /** Those of its conditions. */
  readonly shown: readonly SchemaNode[];
}

/** All ways through the unions and conditions of a schema; undefined where they are too many. */
function choicesOf(node: SchemaNode, space: Space): readonly Choice[] | undefined {
  const { all, any, one, conditions } = space.factsOf(node);
  let choices: readonly Choice[] | undefined = [{ guards: [], nodes: [node], shown: [] }];
  const and = (options: readonly (readonly Choice[] | undefined)[]): void => {
    const more = options.every((option) => option !== undefined) ? options.flat() : undefined;
    choices = more && choices?.flatMap((left) => more.map((right) => joined(left, right)));
    if (choices !== undefined && choices.length > mostWays) choices = undefined;
  };
  const behind = (guard: Literal, nodes: readonly SchemaNode[]): readonly Choice[] | undefined => {
    let found: readonly Choice[] | undefined = [{ guards: [guard], nodes: [], shown: [] }];
    for (const each of nodes) {
      const inner = choicesOf(each, space);
      found = inner && found?.flatMap((left) => inner.map((right) => joined(left, right)));
    }
    return found;
  };
  for (const inner of all) and([choicesOf(inner, space)]);
  // Of a value that is valid, exactly one option of `one` is true: no need to say what the others are.
  for (const options of [...any, ...one])
    and(options.map((option) => behind(accepted(option), [option])));
  for (const { test, then, else: otherwise, isDependency } of conditions) {
    if (isDependency === true) continue;
    and([
      behind(accepted(test), then === undefined ? [test] : [test, then])?.map(asShown),
      behind(refused(test), otherwise === undefined ? [] : [otherwise])?.map(asShown),
    ]);
  }
  return choices;
}

function joined(left: Choice, right: Choice): Choice {
  return {
    guards: [...left.guards, ...right.guards],
    nodes: [...left.nodes, ...right.nodes],
    shown: [...left.shown, ...right.shown],
  };
}

function asShown({ guards, nodes, shown }: Choice): Choice {
  return { guards, nodes: [], shown: [...nodes, ...shown] };
}

function assertsNothing(facts: Facts, space: Space): boolean {
  const { kinds, values, number, string, array, object } = facts;
  const assertions = [values, number, string, array, object];
  return (
    kinds.size === space.kinds.size && assertions.every((assertion) => assertion === undefined)
  );
}

function declaredObject(near: SchemaNode, members: readonly ObjectFacts[]): ObjectFacts {
  const names = new Set(
    members.flatMap(({ properties, named }) => [...properties.keys(), ...named]),
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
    named: new Set(),
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
