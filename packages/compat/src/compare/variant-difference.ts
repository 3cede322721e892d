/** Differences between unions: variants that came, went, or changed inside. */
import { textOf } from "../normal/value.ts";
import type { Differ } from "./differ.ts";
import type { Place } from "./place.ts";
import { namesOf, type Variant } from "./shape.ts";
import { draftForVariant, loosenedTag, renamedTag, tagOf, taggedUnion } from "./tagged-variant.ts";

/** Pairs variants by discriminator, then by what they share, and notes the rest. */
export function variantDifferences(
  differ: Differ,
  before: readonly Variant[],
  after: readonly Variant[],
  place: Place,
): void {
  const [only, ...others] = before;
  if (only !== undefined && others.length === 0 && taggedUnion(differ, only, after, place)) return;
  const pairs = paired(differ, before, after);
  for (const [left, right] of pairs) {
    const draft = draftForVariant(differ, left, right);
    const loosened = loosenedTag(differ, left, right);
    differ.revised(
      (found, site) => loosened(draft(found, site)),
      () => differ.variant(left, right, place),
    );
  }
  const taken = new Set(pairs.flat());
  for (const left of before) {
    if (taken.has(left)) continue;
    const right = after.find(
      (variant) => !taken.has(variant) && renamedTag(differ, left, variant, place),
    );
    if (right !== undefined) taken.add(left).add(right);
  }
  for (const variant of before) {
    if (taken.has(variant)) continue;
    const demand = {
      after: differ.demand(variant.node.document, { not: variant.node.raw }, variant.node),
    };
    differ.note({
      rule: "variant-removed",
      place,
      facts: { name: nameOf(differ, variant) },
      demand,
    });
  }
  for (const variant of after) {
    if (taken.has(variant)) continue;
    const demand = {
      before: differ.demand(variant.node.document, { not: variant.node.raw }, variant.node),
    };
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
      (each) =>
        each.values === undefined &&
        variant.values === undefined &&
        differ.search.same.holds(variant.node, each.node),
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
