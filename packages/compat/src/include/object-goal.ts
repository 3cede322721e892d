/** What is asked of an object while schemas are broken one after another. */
import type { ObjectFacts } from "../normal/facts.ts";
import type { SchemaNode } from "../normal/node.ts";
import { accepted, declaresFor, type Literal, ofPart, stanceOf } from "./literal.ts";
import { schemasFor } from "./object-facts.ts";
import type { Outcome } from "./outcome.ts";
import type { Search } from "./search.ts";

/** A schema that the object must meet, and in which stance. */
export interface ObjectMember {
  readonly facts: ObjectFacts;
  readonly literal: Literal;
}

/** Everything asked of an object. */
export interface ObjectGoal {
  readonly members: readonly ObjectMember[];
  /** Whether only declared names may occur: the sender's reading, where it declares any. */
  readonly isClosed: boolean;
  readonly required: ReadonlySet<string>;
  readonly absent: ReadonlySet<string>;
  /** What was asked of single properties on the way. */
  readonly extra: ReadonlyMap<string, readonly Literal[]>;
  readonly min: number;
  readonly max: number;
}

/** What several schemas ask together. A sender's intersection is one object: it is closed as a whole. */
export function objectGoal(members: readonly ObjectMember[]): ObjectGoal {
  return {
    members,
    isClosed: members.some(
      ({ facts, literal }) => facts.declares && stanceOf(literal) === "emitted",
    ),
    required: requiredBy(members),
    absent: new Set(),
    extra: new Map(),
    min: Math.max(0, ...members.map(({ facts }) => facts.min)),
    max: Math.min(Infinity, ...members.map(({ facts }) => facts.max)),
  };
}

function requiredBy(members: readonly ObjectMember[]): ReadonlySet<string> {
  const [only, ...others] = members;
  if (only !== undefined && others.length === 0) return only.facts.required;
  return new Set(members.flatMap(({ facts }) => [...facts.required]));
}

/** What is asked of a property's value; undefined where the object cannot have the property. */
export function literalsFor(
  search: Search,
  asked: ObjectGoal,
  name: string,
): readonly Literal[] | undefined {
  if (asked.absent.has(name)) return undefined;
  const literals: Literal[] = [...(asked.extra.get(name) ?? [])];
  let isDeclared = !asked.isClosed;
  for (const { facts, literal } of asked.members) {
    const { nodes, isNamed } = schemasFor(facts, name);
    // What an object holds that stays open is kept as it is.
    const part = asked.isClosed || stanceOf(literal) !== "shown" ? ofPart : keptWhole;
    for (const node of nodes) if (node !== undefined) literals.push(part(literal, node));
    // A name that is demanded is meant to be sent, even if nobody says what it holds.
    const declares = isNamed || facts.rest !== undefined || facts.named.has(name);
    if (declares && declaresFor(literal)) isDeclared = true;
    if (
      facts.names !== undefined &&
      isName(search, accepted(facts.names), name).found === "nothing"
    )
      return undefined;
  }
  return isDeclared ? literals : undefined;
}

function keptWhole(_: Literal, node: SchemaNode): Literal {
  return accepted(node);
}

/** Whether a literal about names holds for one. */
export function isName(search: Search, literal: Literal, name: string): Outcome {
  return search.find(literal, accepted(search.made(`name:${name}`, { const: name })));
}

/** The goal with a property that must be there, and more asked of its value. */
export function withProperty(
  asked: ObjectGoal,
  name: string,
  ...literals: readonly Literal[]
): ObjectGoal {
  const extra = new Map(asked.extra).set(name, [...(asked.extra.get(name) ?? []), ...literals]);
  return { ...asked, required: new Set(asked.required).add(name), extra };
}

/** The goal with a property that must not be there. */
export function withoutProperty(asked: ObjectGoal, name: string): ObjectGoal {
  return { ...asked, absent: new Set(asked.absent).add(name) };
}
