/** Finds an object that meets some schemas and breaks each of some others. */
import type { ObjectFacts } from "../normal/facts.ts";
import type { SchemaNode } from "../normal/node.ts";
import { textOf } from "../normal/value.ts";
import type { Branch } from "./branch.ts";
import { freshNames } from "./fresh-name.ts";
import { isNegative, type Literal, nodeOf } from "./literal.ts";
import { literalsFor, type ObjectGoal, objectGoal, type ObjectMember } from "./object-goal.ts";
import { schemasFor } from "./object-facts.ts";
import { type BrokenObject, objectWays, type Ways } from "./object-ways.ts";
import { anyOf, doubt, nothing, type Outcome, spent } from "./outcome.ts";
import type { Search } from "./search.ts";

/** An object for a branch, or the proof that there is none. */
export function findObject(search: Search, branch: Branch): Outcome {
  const members: ObjectMember[] = [];
  const broken: BrokenObject[] = [];
  const names = new Set<string>();
  const add = ({ properties, named }: ObjectFacts): void => {
    for (const name of properties.keys()) names.add(name);
    for (const name of named) names.add(name);
  };
  for (const { node, literal } of branch.members) {
    const { object: facts } = search.space.factsOf(node);
    if (facts === undefined) continue;
    members.push({ facts, literal });
    add(facts);
  }
  for (const { facts: said, negate } of branch.broken) {
    if (said.object === undefined) continue;
    broken.push({ facts: said.object, negate });
    add(said.object);
  }
  return split(search, objectGoal(members), broken, names);
}

/**
 * Breaks one schema after another, the one with the fewest ways first.
 *
 * One variant may need several others together to cover it: whatever is left after breaking the first must
 * break the second as well, and so on, until nothing is left or a value is found.
 */
function split(
  search: Search,
  asked: ObjectGoal,
  broken: readonly BrokenObject[],
  names: ReadonlySet<string>,
): Outcome {
  if (!search.step()) return spent;
  const dead = impossible(search, asked);
  if (dead !== undefined) return dead;
  const open: { schema: BrokenObject; found: Ways<ObjectGoal> }[] = [];
  const candidates = broken.filter(({ facts }) => !isBrokenAnyway(search, asked, facts));
  for (const schema of candidates) {
    const found = objectWays(search, asked, schema, candidates, names);
    if (found.ways.length === 0 && found.doubt === undefined)
      return { found: "nothing", low: found.low };
    open.push({ schema, found });
  }
  const [next] = open.toSorted((left, right) => left.found.ways.length - right.found.ways.length);
  if (next === undefined) return build(search, asked, names);
  const { ways, low, doubt: unsure } = next.found;
  const others = open.filter((other) => other !== next).map(({ schema }) => schema);
  return anyOf(attempts());

  function* attempts(): Generator<Outcome> {
    yield { found: "nothing", low };
    for (const way of ways) yield split(search, way(), others, names);
    if (unsure !== undefined) yield unsure;
  }
}

function impossible(search: Search, asked: ObjectGoal): Outcome | undefined {
  if (asked.min > asked.max || asked.required.size > asked.max) return nothing;
  for (const name of asked.required) {
    const literals = literalsFor(search, asked, name);
    if (literals === undefined) return nothing;
    const outcome = search.find(...literals);
    if (outcome.found === "nothing") return outcome;
  }
  return undefined;
}

/**
 * Whether every such object breaks a schema for a plain reason: it cannot have a property that is required there,
 * or it must have one that holds only values which are not listed there, a discriminator.
 */
function isBrokenAnyway(search: Search, asked: ObjectGoal, facts: ObjectFacts): boolean {
  for (const name of facts.required) {
    if (!asked.required.has(name) && literalsFor(search, asked, name) === undefined) return true;
  }
  for (const name of asked.required) {
    const theirs = schemasFor(facts, name).nodes.flatMap((node) => valuesOf(search, node) ?? []);
    if (theirs.length === 0) continue;
    const ours = literalsFor(search, asked, name)?.map((literal) => tagOf(search, literal)) ?? [];
    if (ours.some((values) => values?.every((value) => !theirs.includes(value)))) return true;
  }
  return false;
}

function tagOf(search: Search, literal: Literal): readonly string[] | undefined {
  return isNegative(literal) ? undefined : valuesOf(search, nodeOf(literal, search.space));
}

function valuesOf(search: Search, node: SchemaNode | undefined): readonly string[] | undefined {
  return node && search.space.factsOf(node).values?.map(textOf);
}

/** The smallest object that does what is left to do. */
function build(search: Search, asked: ObjectGoal, names: ReadonlySet<string>): Outcome {
  const parts = new Map<string, unknown>();
  let unsure: Outcome | undefined;
  let low = Infinity;
  const add = (name: string): void => {
    const literals = literalsFor(search, asked, name);
    if (literals === undefined || parts.has(name)) return;
    const outcome = search.find(...literals);
    if (outcome.found === "nothing") low = Math.min(low, outcome.low);
    else if (outcome.found === "value" || "value" in outcome) parts.set(name, outcome.value);
    if (outcome.found === "doubt") unsure ??= outcome;
  };
  for (const name of asked.required) add(name);
  for (const name of names) if (parts.size < asked.min) add(name);
  while (parts.size < asked.min && parts.size < 1_000) {
    const before = parts.size;
    for (const fresh of freshNames(search, asked, [], new Set([...names, ...parts.keys()]))) {
      if (typeof fresh === "string" && parts.size < asked.min) add(fresh);
      else if (typeof fresh !== "string" && fresh.found === "doubt") unsure ??= fresh;
    }
    if (parts.size === before) break;
  }
  if (unsure === undefined && parts.size >= asked.min)
    return { found: "value", value: Object.fromEntries(parts) };
  if (unsure === undefined && asked.min < 1_000) return { found: "nothing", low };
  if (unsure === undefined) return doubt("so many properties are too many to write out");
  return unsure.found === "doubt" ? { ...unsure, value: Object.fromEntries(parts) } : unsure;
}
