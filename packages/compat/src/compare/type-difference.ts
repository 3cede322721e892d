/** Differences in which kinds of value are allowed at all. */
import type { NumberFacts } from "../normal/facts.ts";
import type { SchemaDocument, SchemaNode } from "../normal/node.ts";
import { isMultiple, ratioOf } from "../normal/ratio.ts";
import { type Kind, jsonKinds } from "../normal/value.ts";
import type { Difference } from "./difference.ts";
import type { Differ } from "./differ.ts";
import { type Place, pointerOf } from "./place.ts";
import { elementNode, type Variant } from "./shape.ts";

type Shape = ReadonlyMap<Kind, readonly Variant[]>;

/** Notes the difference in kinds, and says which kinds both sides have. */
export function typeDifferences(
  differ: Differ,
  nodes: { readonly before: SchemaNode; readonly after: SchemaNode },
  shapes: { readonly before: Shape; readonly after: Shape },
  place: Place,
): readonly Kind[] {
  const before = [...shapes.before.keys()];
  const after = [...shapes.after.keys()];
  const shared = before.filter((kind) => after.includes(kind));
  if (shared.length === before.length && shared.length === after.length) return shared;
  const demand = {
    before: kindsDemand(differ, nodes.before.document, before),
    after: kindsDemand(differ, nodes.after.document, after),
  };
  const facts = { before: named(shapes.before), after: named(shapes.after) };
  const rule = ruleOf(before, after, shared, differ.search.space.kinds.size);
  const isWrapped = wrapping(differ, shapes);
  if (isWrapped !== undefined) {
    const steps = [{ step: "wrap", at: pointerOf(place) }] as const;
    const back = [{ step: "head", at: pointerOf(place) }] as const;
    const draft = isWrapped
      ? { toAfter: steps, toBefore: back }
      : { toAfter: back, toBefore: steps };
    differ.note({ rule: "value-wrapped", place, facts, demand, draft });
  } else differ.note({ rule, place, facts, demand });
  return shared;
}

function ruleOf(
  before: readonly Kind[],
  after: readonly Kind[],
  shared: readonly Kind[],
  all: number,
): Difference["rule"] {
  const isOnlyNull = (more: readonly Kind[]): boolean =>
    more.filter((kind) => !shared.includes(kind)).join() === "null";
  if (shared.length === before.length) {
    if (after.length === all) return "type-dropped";
    return isOnlyNull(after) ? "null-admitted" : "type-widened";
  }
  if (shared.length === after.length) {
    if (before.length === all) return "type-added";
    return isOnlyNull(before) ? "null-removed" : "type-narrowed";
  }
  return "type-changed";
}

/** True when a single value became an array of such, false the other way round. */
function wrapping(
  differ: Differ,
  { before, after }: { before: Shape; after: Shape },
): boolean | undefined {
  const [single, list] = [onlyVariant(before), onlyVariant(after)];
  if (single === undefined || list === undefined || single.kind === list.kind) return undefined;
  const { same } = differ.search;
  const isListOf = (array: Variant, other: Variant): boolean => {
    const element = array.kind === "array" ? elementNode(array, 0) : undefined;
    if (element === undefined) return false;
    const plain = other.branch.members[0]?.node;
    if (plain !== undefined && same.holds(element, plain)) return true;
    const facts = differ.search.space.factsOf(element);
    return facts.kinds.size === 1 && facts.kinds.has(other.kind);
  };
  if (isListOf(list, single)) return true;
  return isListOf(single, list) ? false : undefined;
}

function onlyVariant(shape: Shape): Variant | undefined {
  const variants = [...shape.values()].flat();
  return variants.length === 1 ? variants[0] : undefined;
}

function kindsDemand(differ: Differ, document: SchemaDocument, kinds: readonly Kind[]): SchemaNode {
  const plain = kinds.filter((kind) => jsonKinds.some((json) => json === kind));
  const wire = kinds.filter((kind) => !plain.includes(kind));
  return differ.demand(document, {
    anyOf: [{ type: plain }, ...wire.map((kind) => ({ type: "object", "x-concordat": kind }))],
  });
}

/** Numbers that are whole in every variant are called integers, as their schema calls them. */
function named(shape: Shape): string {
  const names = [...shape].map(([kind, variants]) =>
    kind === "number" && variants.every(({ numbers }) => isWhole(numbers)) ? "integer" : kind,
  );
  return names.length === 0 ? "no value" : names.join(" or ");
}

function isWhole(numbers: readonly NumberFacts[]): boolean {
  return numbers.some(({ steps }) => steps.some((step) => isMultiple(step, ratioOf(1))));
}
