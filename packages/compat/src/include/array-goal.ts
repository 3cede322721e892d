/** What is asked of an array while schemas are broken one after another. */
import type { ArrayFacts } from "../normal/facts.ts";
import type { SchemaNode } from "../normal/node.ts";
import { type Literal, ofPart } from "./literal.ts";
import type { Ways } from "./object-ways.ts";
import type { Search } from "./search.ts";

/** An array schema to break, and how its parts are then asked about. */
export interface BrokenArray {
  readonly facts: ArrayFacts;
  readonly negate: (part: SchemaNode) => Literal;
}

/** How many elements must be accepted by a schema. */
export interface Count {
  readonly node: SchemaNode;
  readonly min: number;
  readonly max: number;
}

/** Everything asked of an array. */
export interface ArrayGoal {
  readonly members: readonly { readonly facts: ArrayFacts; readonly literal: Literal }[];
  readonly min: number;
  readonly max: number;
  readonly isUnique: boolean;
  readonly counts: readonly Count[];
  /** What was asked of single elements on the way. */
  readonly extra: ReadonlyMap<number, readonly Literal[]>;
  /** Elements that must be equal. */
  readonly twins: readonly (readonly [number, number])[];
  /** From here on no schema at hand tells elements apart by their place. */
  readonly tail: number;
}

/** What several schemas ask together. */
export function arrayGoal(
  members: ArrayGoal["members"],
  broken: readonly BrokenArray[],
): ArrayGoal {
  const facts = members.map((member) => member.facts);
  return {
    members,
    min: Math.max(0, ...facts.map(({ min }) => min)),
    max: Math.min(Infinity, ...facts.map(({ max }) => max)),
    isUnique: facts.some(({ unique }) => unique),
    counts: facts.flatMap(({ contains }) => (contains ? [contains] : [])),
    extra: new Map(),
    twins: [],
    tail: Math.max(
      0,
      ...[...facts, ...broken.map((schema) => schema.facts)].map(({ prefix }) => prefix.length),
    ),
  };
}

/** What is asked of one element, and of those that must equal it. */
export function literalsAt(asked: ArrayGoal, index: number): readonly Literal[] {
  return twinsOf(asked, index).flatMap((place) => [
    ...asked.members.flatMap(({ facts, literal }) => {
      const node = facts.prefix[place] ?? (place < facts.prefix.length ? undefined : facts.rest);
      return node ? [ofPart(literal, node)] : [];
    }),
    ...(asked.extra.get(place) ?? []),
  ]);
}

/** The places that must hold the same value as one, itself among them, in order. */
export function twinsOf(asked: ArrayGoal, index: number): readonly number[] {
  const places = new Set([index]);
  for (const place of places) {
    for (const [left, right] of asked.twins) {
      if (left === place) places.add(right);
      if (right === place) places.add(left);
    }
  }
  return [...places].toSorted((left, right) => left - right);
}

/** The ways in which an array can break a schema while it still meets others. */
export function arrayWays(
  search: Search,
  asked: ArrayGoal,
  { facts, negate }: BrokenArray,
): Ways<ArrayGoal> {
  const ways: ArrayGoal[] = [];
  let low = Infinity;
  const keep = (way: ArrayGoal, index: number): void => {
    if (way.min > way.max) return;
    const outcome = search.find(...literalsAt(way, index));
    if (outcome.found === "nothing") low = Math.min(low, outcome.low);
    else ways.push(way);
  };
  if (asked.min < facts.min) ways.push({ ...asked, max: Math.min(asked.max, facts.min - 1) });
  if (asked.max > facts.max) ways.push({ ...asked, min: Math.max(asked.min, facts.max + 1) });
  for (const index of placesOf(asked, 1)) {
    const node = facts.prefix[index] ?? (index < facts.prefix.length ? undefined : facts.rest);
    if (node !== undefined && node.raw !== true)
      keep(withElement(asked, index, negate(node)), index);
  }
  if (facts.unique && !asked.isUnique) {
    const places = placesOf(asked, 2);
    for (const right of places) {
      for (const left of places) {
        if (left < right)
          keep(
            {
              ...asked,
              min: Math.max(asked.min, right + 1),
              twins: [...asked.twins, [left, right]],
            },
            left,
          );
      }
    }
  }
  const { contains } = facts;
  if (contains !== undefined && contains.min > 0) {
    ways.push({
      ...asked,
      counts: [...asked.counts, { ...contains, min: 0, max: contains.min - 1 }],
    });
  }
  if (contains !== undefined && contains.max < Infinity) {
    ways.push({
      ...asked,
      counts: [...asked.counts, { ...contains, min: contains.max + 1, max: Infinity }],
    });
  }
  return { ways: ways.filter(({ min, max }) => min <= max).map((way) => () => way), low };
}

/** The places that can be told apart, and as many of the others as are asked for. */
function placesOf(asked: ArrayGoal, fresh: number): readonly number[] {
  const touched = [...asked.extra.keys(), ...asked.twins.flat()];
  const places = new Set([...Array.from({ length: asked.tail }, (_, index) => index), ...touched]);
  for (let index = asked.tail, left = fresh; left > 0; index += 1) {
    if (places.has(index)) continue;
    places.add(index);
    left -= 1;
  }
  return [...places].filter((index) => index < asked.max).toSorted((left, right) => left - right);
}

function withElement(asked: ArrayGoal, index: number, literal: Literal): ArrayGoal {
  const extra = new Map(asked.extra).set(index, [...(asked.extra.get(index) ?? []), literal]);
  return { ...asked, min: Math.max(asked.min, index + 1), extra };
}
