/** What of a value a receiver's rules still depend on when it has left out what it does not declare. */
import type { Facts, ObjectFacts } from "../normal/facts.ts";
import { comparesElements, countsProperties } from "../normal/fragile.ts";
import type { SchemaNode, Space } from "../normal/node.ts";
import { type Kind, textOf } from "../normal/value.ts";
import { schemasFor } from "./object-facts.ts";

/** Names of properties; `all` where which ones cannot be said. */
type Names = ReadonlySet<string> | "all";

/** The parts of a value that such rules look at, out of those that are declared: a way to leave out any of them matters. */
export function fragileParts(
  node: SchemaNode,
  kind: Kind,
  declared: Pick<Facts, "array" | "object">,
  space: Space,
): readonly Pick<Facts, "array" | "object">[] {
  const { object, array } = declared;
  const facts = applied(node, space);
  const tests = facts
    .flatMap((each) => testsIn(each, space))
    .flatMap((test) => applied(test, space));
  if (kind === "array") {
    const isLooked = facts.some((each) => comparesElements(each.array)) || tests.some(looksInside);
    return array !== undefined && isLooked ? [{ array }] : [];
  }
  if (object === undefined) return [];
  const parts: ObjectFacts[] = [];
  if (facts.some((each) => countsProperties(each.object))) parts.push(ownNames(object));
  const names = namesSeen(tests);
  if (names === "all") parts.push(object);
  else if (names.size > 0) parts.push(only(object, names));
  return parts.map((each) => ({ object: each }));
}

/** Schemas of which it matters both whether they accept a value and whether they refuse it. */
function testsIn({ not, one, conditions }: Facts, space: Space): readonly SchemaNode[] {
  return [
    ...not,
    ...one.flatMap((options) => (areApart(options, space) ? [] : options)),
    ...conditions.flatMap(({ test, isDependency }) => (isDependency === true ? [] : [test])),
  ];
}

/** Whether it is plain that no value fits two of several schemas, whatever is left out: by its kind, or by a tag. */
function areApart(options: readonly SchemaNode[], space: Space): boolean {
  const all = options.map((option) => {
    const nodes = new Set([option]);
    for (const node of nodes) for (const inner of space.factsOf(node).all) nodes.add(inner);
    const facts = [...nodes].map((node) => space.factsOf(node));
    return { kinds: facts.map(({ kinds }) => kinds), tags: tagsOf(facts, space) };
  });
  return all.every((left, index) =>
    all.slice(index + 1).every((right) => {
      const [first, ...others] = [...left.kinds, ...right.kinds];
      const common = [...(first ?? [])].filter((kind) => others.every((kinds) => kinds.has(kind)));
      if (common.some((kind) => kind !== "object")) return false;
      const isTold = [...left.tags].some(([name, values]) =>
        right.tags.get(name)?.every((value) => !values.includes(value)),
      );
      return isTold || common.length === 0;
    }),
  );
}

/** The values of each property that a schema requires and lists the values of. */
function tagsOf(facts: readonly Facts[], space: Space): ReadonlyMap<string, readonly string[]> {
  const tags = new Map<string, readonly string[]>();
  for (const { object } of facts) {
    for (const name of object?.required ?? []) {
      const node = object?.properties.get(name);
      const values = node && space.factsOf(node).values;
      if (values !== undefined) tags.set(name, values.map(textOf));
    }
  }
  return tags;
}

/** What a schema says of a value in place, with all that it may apply to the same value. */
function applied(start: SchemaNode, space: Space): readonly Facts[] {
  const nodes = new Set([start]);
  // A set is walked in the order in which it grows.
  for (const node of nodes) {
    const { all, any, one, not, conditions } = space.factsOf(node);
    for (const inner of [...all, ...any.flat(), ...one.flat(), ...not]) nodes.add(inner);
    for (const { test, then, else: otherwise } of conditions)
      for (const inner of [test, then, otherwise]) if (inner !== undefined) nodes.add(inner);
  }
  return [...nodes].map((node) => space.factsOf(node));
}

function looksInside({ array, opaque }: Facts): boolean {
  return opaque.length > 0 || array !== undefined;
}

function namesSeen(tests: readonly Facts[]): Names {
  const names = new Set<string>();
  for (const { object, opaque } of tests) {
    if (opaque.length > 0) return "all";
    if (object === undefined) continue;
    const { patterns, rest, min, max, names: called } = object;
    const isOfAll = patterns.length > 0 || rest !== undefined || called !== undefined;
    if (isOfAll || min > 0 || max < Infinity) return "all";
    for (const name of [...object.properties.keys(), ...object.named]) names.add(name);
  }
  return names;
}

/** Which properties are left out, and not what of them. */
function ownNames(object: ObjectFacts): ObjectFacts {
  const { properties, patterns, rest } = object;
  return {
    ...object,
    properties: new Map([...properties].map(([name, node]) => [name, whole(node)])),
    patterns: patterns.map(([pattern, node]) => [pattern, whole(node)]),
    ...(rest && { rest: rest.raw === false ? rest : whole(rest) }),
  };
}

function whole(node: SchemaNode): SchemaNode {
  return node.document.make("true", true);
}

/** Some properties, whatever the others are. */
function only(object: ObjectFacts, names: ReadonlySet<string>): ObjectFacts {
  const { rest: _, ...others } = object;
  const properties = [...names].flatMap((name) => {
    const nodes = schemasFor(object, name).nodes.flatMap((node) => node ?? []);
    const [first] = nodes;
    return first === undefined ? [] : [[name, first.document.allOf(nodes)] as const];
  });
  return { ...others, properties: new Map(properties), patterns: [] };
}
