/** Differences between unions: variants that came, went, or changed inside. */
import type { Scalar } from "../normal/value.ts";
import { textOf } from "../normal/value.ts";
import type { Differ } from "./differ.ts";
import type { Place } from "./place.ts";
import { isRequired, namesOf, propertyNode, type Variant } from "./shape.ts";

/** Pairs variants by discriminator, then by what they share, and notes the rest. */
export function variantDifferences(
  differ: Differ,
  before: readonly Variant[],
  after: readonly Variant[],
  place: Place,
): void {
  const pairs = paired(differ, before, after);
  for (const [left, right] of pairs) differ.variant(left, right, place);
  const taken = new Set(pairs.flat());
  for (const variant of before) {
    if (taken.has(variant)) continue;
    const demand = { after: differ.demand(variant.node.document, { not: variant.node.raw }, variant.node) };
    differ.note({ rule: "variant-removed", place, facts: { name: nameOf(differ, variant) }, demand });
  }
  for (const variant of after) {
    if (taken.has(variant)) continue;
    const demand = { before: differ.demand(variant.node.document, { not: variant.node.raw }, variant.node) };
    differ.note({ rule: "variant-added", place, facts: { name: nameOf(differ, variant) }, demand });
  }
}

type Pair = readonly [before: Variant, after: Variant];

function paired(differ: Differ, before: readonly Variant[], after: readonly Variant[]): Pair[] {
  const pairs: Pair[] = [];
  const left = new Set(before);
  const right = new Set(after);
  const take = (one: Variant, other: Variant): void => {
    pairs.push([one, other]);
    left.delete(one);
    right.delete(other);
  };
  const byTag = new Map([...right].map((variant) => [tagOf(differ, variant), variant]));
  for (const variant of left) {
    const tag = tagOf(differ, variant);
    const other = tag === undefined ? undefined : byTag.get(tag);
    if (other !== undefined && right.has(other)) take(variant, other);
  }
  for (const variant of left) {
    const other = [...right].find(
      (each) => each.values === undefined && variant.values === undefined && differ.search.same.holds(variant.node, each.node),
    );
    if (other !== undefined) take(variant, other);
  }
  for (const variant of left) {
    const [best] = [...right]
      .filter((other) => (other.values === undefined) === (variant.values === undefined))
      .filter((other) => tagOf(differ, variant) === undefined || tagOf(differ, other) === undefined)
      .map((other) => ({ other, shared: alikeness(variant, other) }))
      .filter(({ shared }) => shared > 0.5)
      .toSorted((one, two) => two.shared - one.shared);
    if (best !== undefined) take(variant, best.other);
  }
  return pairs;
}

/** The discriminators of a variant: required properties that hold exactly one value. */
function tagOf(differ: Differ, variant: Variant): string | undefined {
  const tags: [string, Scalar][] = [];
  for (const name of namesOf(variant)) {
    const node = isRequired(variant, name) ? propertyNode(variant, name) : undefined;
    const values = node && differ.search.space.factsOf(node).values;
    const [value] = values ?? [];
    if (value !== undefined && values?.length === 1) tags.push([name, value]);
  }
  return tags.length === 0 ? undefined : textOf(tags.toSorted(([one], [two]) => (one < two ? -1 : 1)));
}

function nameOf(differ: Differ, variant: Variant): string {
  if (variant.values !== undefined) return variant.values.map(textOf).join(" or ");
  return tagOf(differ, variant) ?? ([...namesOf(variant)].join(", ") || variant.kind);
}

/** How many of their names two objects share; anything else of one kind is alike. */
function alikeness(one: Variant, other: Variant): number {
  if (one.kind !== "object") return 1;
  const [names, others] = [namesOf(one), namesOf(other)];
  const all = new Set([...names, ...others]);
  if (all.size === 0) return 1;
  return [...names].filter((name) => others.has(name)).length / all.size;
}
