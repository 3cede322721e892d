/** Properties that went elsewhere: renamed, or moved into or out of an object beside them. */
import type { AdapterStep } from "@concordat/core";
import type { Side } from "./difference.ts";
import type { Differ } from "./differ.ts";
import { pathOf, type Place, pointerOf } from "./place.ts";
import { type Both, demandPart, holdsInside, isTag, propertyDemand } from "./property-node.ts";
import { isRequired, namesOf, propertyNode, type Variant } from "./shape.ts";

/** The names that only one side has. */
interface Names {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Notes pairs of a removed and an added property that hold the same; says which names are explained so. */
export function renamedProperties(
  differ: Differ,
  both: Both,
  names: Names,
  place: Place,
): readonly string[] {
  const explained: string[] = [];
  const matches = (from: string, to: string): boolean => {
    const [left, right] = [propertyNode(both.before, from), propertyNode(both.after, to)];
    if (isRequired(both.before, from) !== isRequired(both.after, to)) return false;
    return left !== undefined && right !== undefined && differ.search.same.holds(left, right);
  };
  for (const from of names.removed) {
    const targets = names.added.filter((to) => matches(from, to));
    const [to] = targets;
    // Two candidates are a guess, and a wrong guess would swap values without a sound.
    if (to === undefined || targets.length > 1) continue;
    if (names.removed.filter((other) => matches(other, to)).length > 1) continue;
    const required = isRequired(both.before, from);
    const tag = isTag(differ, propertyNode(both.before, from));
    const at = pointerOf(place);
    differ.note({
      rule: required
        ? tag
          ? "discriminator-renamed"
          : "required-property-renamed"
        : "optional-property-renamed",
      place,
      property: from,
      facts: { name: from, before: from, after: to },
      demand: {
        ...demandPart("before", propertyDemand(differ, both.before, from)),
        ...demandPart("after", propertyDemand(differ, both.after, to)),
      },
      lost: { sides: ["before", "after"], counts: "everywhere" },
      draft: {
        toAfter: [{ step: "rename", at, from, to }],
        toBefore: [{ step: "rename", at, from: to, to: from }],
      },
    });
    explained.push(`before:${from}`, `after:${to}`);
  }
  return explained;
}

/** Notes required properties that went into, or came out of, an object beside them. */
export function movedProperties(
  differ: Differ,
  both: Both,
  names: Names,
  place: Place,
): readonly string[] {
  const explained: string[] = [];
  const note = (name: string, outer: Variant, inner: Variant, owner: Side): void => {
    const node = propertyNode(outer, name);
    const inside = [...namesOf(inner)].find(
      (other) =>
        holdsInside(differ, propertyNode(inner, other), name, node) &&
        !holdsInside(differ, propertyNode(outer, other), name, node),
    );
    if (inside === undefined) return;
    const at = pointerOf(place);
    const plunge: AdapterStep = { step: "plunge", at, name, inside };
    const hoist: AdapterStep = { step: "hoist", at, name, inside };
    const flat = pathOf([{ into: "property", name }]);
    const deep = pathOf([
      { into: "property", name: inside },
      { into: "property", name },
    ]);
    differ.note({
      rule: "property-moved",
      place,
      property: name,
      facts:
        owner === "before"
          ? { name, before: flat, after: deep }
          : { name, before: deep, after: flat },
      demand: {
        ...demandPart(
          "before",
          propertyDemand(differ, both.before, owner === "before" ? name : inside),
        ),
        ...demandPart(
          "after",
          propertyDemand(differ, both.after, owner === "before" ? inside : name),
        ),
      },
      draft:
        owner === "before"
          ? { toAfter: [plunge], toBefore: [hoist] }
          : { toAfter: [hoist], toBefore: [plunge] },
    });
    explained.push(`${owner}:${name}`);
  };
  for (const name of names.removed)
    if (isRequired(both.before, name)) note(name, both.before, both.after, "before");
  for (const name of names.added)
    if (isRequired(both.after, name)) note(name, both.after, both.before, "after");
  return explained;
}
