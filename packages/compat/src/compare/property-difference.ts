/** What became of single properties: added, removed, made required or optional. */
import { accepted } from "../include/literal.ts";
import type { SchemaNode } from "../normal/node.ts";
import type { AdapterStep } from "@concordat/core";
import type { RuleId } from "../rule/rules.ts";
import type { Found } from "./account.ts";
import type { Side } from "./difference.ts";
import type { Differ } from "./differ.ts";
import { type Place, pointerOf } from "./place.ts";
import {
  admitsNull,
  type Both,
  defaultOf,
  demandOf,
  fillerOf,
  propertyDemand,
} from "./property-node.ts";
import type { Site } from "./site.ts";
import { anyNode, isRequired, keepsOthers, propertyNode, restOf, type Variant } from "./shape.ts";

/** Notes a property that only one side has: removed if that side is `before`, added if it is `after`. */
export function absentProperty(
  differ: Differ,
  both: Both,
  owner: Side,
  name: string,
  place: Place,
): void {
  const [has, lacks] = owner === "before" ? [both.before, both.after] : [both.after, both.before];
  const node = propertyNode(has, name);
  const required = isRequired(has, name);
  const [own, other] = [propertyDemand(differ, has, name), propertyDemand(differ, lacks, name)];
  const value = required && node ? fillerOf(differ, node) : undefined;
  const at = pointerOf(place);
  const fill: readonly AdapterStep[] =
    value === undefined ? [] : [{ step: "default", at, name, value: value.filler }];
  const drop: readonly AdapterStep[] = [{ step: "drop", at, names: [name] }];
  differ.note({
    rule: ruleOfAbsent(differ, owner, required, node, lacks),
    place,
    property: name,
    facts: { name },
    demand: demandOf(owner, own, other),
    ...(!keepsOthers(lacks) &&
      canBeSent(differ, node) && {
        lost: { sides: [owner], counts: "in requests" },
      }),
    draft:
      owner === "after" ? { toAfter: fill, toBefore: drop } : { toAfter: drop, toBefore: fill },
  });
}

/** Whether there is a value to lose. */
function canBeSent(differ: Differ, node: SchemaNode | undefined): boolean {
  return node === undefined || differ.search.find(accepted(node)).found !== "nothing";
}

function ruleOfAbsent(
  differ: Differ,
  owner: Side,
  required: boolean,
  node: SchemaNode | undefined,
  lacks: Variant,
): RuleId {
  if (owner === "before")
    return required ? "required-property-removed" : "optional-property-removed";
  if (required) {
    return node && defaultOf(differ, node)
      ? "required-property-added-with-default"
      : "required-property-added";
  }
  if (restOf(lacks)?.raw === false) return "optional-property-added-to-closed";
  const isUnknown =
    node === undefined || differ.search.same.holds(node, node.document.make("true", true));
  return isUnknown ? "unknown-property-added" : "optional-property-added";
}

/** Notes what became of a property that both sides have. */
export function changedProperty(differ: Differ, both: Both, name: string, place: Place): void {
  const [left, right] = [propertyNode(both.before, name), propertyNode(both.after, name)];
  const inside: Place = [...place, { into: "property", name }];
  const [was, is] = [isRequired(both.before, name), isRequired(both.after, name)];
  if (was !== is) {
    const owner: Side = is ? "after" : "before";
    const variant = both[owner];
    const node = propertyNode(variant, name);
    const own = differ.demand(variant.node.document, { required: [name] });
    const value = node && fillerOf(differ, node);
    const fill: readonly AdapterStep[] = value
      ? [{ step: "default", at: pointerOf(place), name, value: value.filler }]
      : [];
    const isNullable = is && !admitsNull(differ, left) && admitsNull(differ, right);
    differ.note({
      rule: isNullable ? "optional-became-nullable-required" : ruleOfRequired(differ, is, node),
      place,
      property: name,
      facts: { name },
      demand: demandOf(owner, own, undefined),
      draft: is ? { toAfter: fill, toBefore: [] } : { toAfter: [], toBefore: fill },
    });
  }
  const walk = (): void =>
    differ.walk(left ?? anyNode(both.before), right ?? anyNode(both.after), inside);
  if (was || is) walk();
  else differ.revised((found, site) => withoutNull(found, site, name), walk);
}

/** An optional property can be left out where null is not known. */
function withoutNull(found: Found, site: Site, name: string): Found {
  if (found.site.outer !== site || found.note.difference.place.length > 0) return found;
  const dropNull: readonly AdapterStep[] = [
    { step: "drop", at: site.pointer, names: [name], when: null },
  ];
  if (found.rule === "null-admitted") {
    const draft = { toAfter: [], toBefore: dropNull };
    return { ...found, rule: "optional-became-nullable", facts: { name }, draft };
  }
  if (found.rule !== "null-removed") return found;
  return { ...found, draft: { toAfter: dropNull, toBefore: [] } };
}

function ruleOfRequired(differ: Differ, is: boolean, node: SchemaNode | undefined): RuleId {
  if (!is) return "property-became-optional";
  return node && defaultOf(differ, node)
    ? "property-became-required-with-default"
    : "property-became-required";
}
