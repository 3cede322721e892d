/** Discriminators: how variants are told apart, and what becomes of that. */
import type { AdapterStep } from "@concordat/core";
import { type Scalar, textOf } from "../normal/value.ts";
import { draftOf, type Found } from "./account.ts";
import type { Differ } from "./differ.ts";
import { type Place, pointerOf } from "./place.ts";
import type { Site } from "./site.ts";
import { isRequired, namesOf, propertyNode, type Variant } from "./shape.ts";

/** The discriminators of a variant: required properties that hold exactly one value. */
function tagsOf(differ: Differ, variant: Variant): ReadonlyMap<string, Scalar> {
  const tags = new Map<string, Scalar>();
  for (const name of namesOf(variant)) {
    const node = isRequired(variant, name) ? propertyNode(variant, name) : undefined;
    const values = node && differ.search.space.factsOf(node).values;
    const [value] = values ?? [];
    if (value !== undefined && values?.length === 1) tags.set(name, value);
  }
  return tags;
}

/** The discriminators as a text, as of `kind "card"`; undefined where there is none. */
export function tagOf(differ: Differ, variant: Variant): string | undefined {
  const tags = [...tagsOf(differ, variant)].toSorted(([one], [two]) => (one < two ? -1 : 1));
  return tags.length === 0
    ? undefined
    : tags.map(([name, value]) => `${name} ${textOf(value)}`).join(" and ");
}

/**
 * Keeps the drafts inside one variant away from the others, whose properties may be called the same. Without a
 * discriminator that stays, nothing tells them apart, and nothing is drafted.
 */
export function draftForVariant(
  differ: Differ,
  before: Variant,
  after: Variant,
): (found: Found, site: Site) => Found {
  const tags = tagsOf(differ, after);
  const told = [...tagsOf(differ, before)].find(([name, value]) => tags.get(name) === value);
  const only = (steps: readonly AdapterStep[], at: string): readonly AdapterStep[] => {
    if (told === undefined || steps.length === 0) return [];
    const [tag, is] = told;
    const inside = steps.map((step) => ({ ...step, at: step.at.slice(at.length) }));
    return [{ step: "variant", at, tag, is, steps: inside }];
  };
  return (found, { pointer }) => {
    const draft = draftOf(found);
    if (draft === undefined) return found;
    const [toAfter, toBefore] = [only(draft.toAfter, pointer), only(draft.toBefore, pointer)];
    return { ...found, draft: { toAfter, toBefore } };
  };
}

/** Notes two variants that differ in nothing but the value of their discriminator; false where they differ in more. */
export function renamedTag(differ: Differ, before: Variant, after: Variant, place: Place): boolean {
  const [left, right] = [tagsOf(differ, before), tagsOf(differ, after)];
  const [name, ...more] = [...left.keys()].filter(
    (key) => right.has(key) && left.get(key) !== right.get(key),
  );
  if (name === undefined || more.length > 0 || left.size !== right.size) return false;
  const names = new Set([...namesOf(before), ...namesOf(after)]);
  for (const other of names) {
    if (other === name) continue;
    const [had, has] = [propertyNode(before, other), propertyNode(after, other)];
    if (had === undefined || has === undefined || !differ.search.same.holds(had, has)) return false;
    if (isRequired(before, other) !== isRequired(after, other)) return false;
  }
  const [was = null, is = null] = [left.get(name), right.get(name)];
  const at = pointerOf([...place, { into: "property", name }]);
  differ.note({
    rule: "discriminator-value-changed",
    place,
    property: name,
    facts: { name, before: textOf(was), after: textOf(is) },
    demand: {
      before: differ.demand(after.node.document, { not: after.node.raw }, after.node),
      after: differ.demand(before.node.document, { not: before.node.raw }, before.node),
    },
    draft: {
      toAfter: [{ step: "literal", at, values: [[was, is]] }],
      toBefore: [{ step: "literal", at, values: [[is, was]] }],
    },
  });
  return true;
}

/** Notes a plain object that became a union told apart by a property that it did not have. */
export function taggedUnion(
  differ: Differ,
  before: Variant,
  after: readonly Variant[],
  place: Place,
): boolean {
  const [first, ...others] = after;
  if (first === undefined || before.kind !== "object") return false;
  const name = [...tagsOf(differ, first).keys()].find(
    (key) =>
      !namesOf(before).has(key) && others.every((variant) => tagsOf(differ, variant).has(key)),
  );
  if (name === undefined) return false;
  const same =
    after.find((variant) => [...namesOf(before)].every((key) => namesOf(variant).has(key))) ??
    first;
  const value = tagsOf(differ, same).get(name) ?? null;
  const at = pointerOf(place);
  differ.note({
    rule: "object-to-tagged-union",
    place,
    facts: { name },
    demand: {
      before: before.node,
      after: differ.demand(
        first.node.document,
        { anyOf: after.map(({ node }) => node.raw) },
        ...after.map(({ node }) => node),
      ),
    },
    draft: {
      toAfter: [{ step: "constant", at, name, value }],
      toBefore: [{ step: "drop", at, names: [name] }],
    },
  });
  return true;
}

/** Says of a discriminator that became any text what it is, where it was noted as a list of values opened. */
export function loosenedTag(
  differ: Differ,
  before: Variant,
  after: Variant,
): (found: Found) => Found {
  const [left, right] = [tagsOf(differ, before), tagsOf(differ, after)];
  return (found) => {
    if (found.rule !== "literal-to-type") return found;
    const step = found.note.difference.place.at(-1) ?? found.site.way?.step;
    if (step?.into !== "property" || !left.has(step.name) || right.has(step.name)) return found;
    return {
      ...found,
      rule: "discriminator-loosened",
      facts: { ...found.facts, name: step.name },
    };
  };
}
