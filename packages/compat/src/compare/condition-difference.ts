/** Differences in what holds only under a condition, and in what must not hold. */
import type { Condition } from "../normal/facts.ts";
import type { SchemaNode } from "../normal/node.ts";
import type { RuleId } from "../rule/rules.ts";
import type { Differ } from "./differ.ts";
import { demandPart } from "./property-node.ts";
import type { Place } from "./place.ts";
import { together } from "./shape.ts";

/** Notes added, removed and changed conditions and negations. */
export function conditionDifferences(
  differ: Differ,
  before: SchemaNode,
  after: SchemaNode,
  place: Place,
): void {
  const [left, right] = [appliedIn(differ, before), appliedIn(differ, after)];
  const demands = (node: SchemaNode, conditions: readonly Condition[]) =>
    together(conditions.map((condition) => conditionNode(differ, node, condition)));
  note(
    differ,
    { before: demands(before, left.conditions), after: demands(after, right.conditions) },
    (kind) =>
      isDependency([...left.conditions, ...right.conditions])
        ? dependencyRules[kind]
        : "condition-changed",
    place,
  );
  const negations = (node: SchemaNode, not: readonly SchemaNode[]) =>
    together(not.map((inner) => differ.demand(node.document, { not: inner.raw }, inner)));
  note(
    differ,
    { before: negations(before, left.not), after: negations(after, right.not) },
    (kind) => negationRules[kind],
    place,
  );
}

type ChangeKind = "added" | "removed" | "changed";

const dependencyRules: { readonly [Kind in ChangeKind]: RuleId } = {
  added: "dependency-added",
  removed: "dependency-removed",
  changed: "condition-changed",
};

const negationRules: { readonly [Kind in ChangeKind]: RuleId } = {
  added: "intersection-member-added",
  removed: "intersection-member-removed",
  changed: "values-changed",
};

interface Applied {
  readonly conditions: readonly Condition[];
  readonly not: readonly SchemaNode[];
}

/** What a schema, and those that it always applies, ask beside their own assertions. */
function appliedIn(differ: Differ, node: SchemaNode): Applied {
  const nodes = new Set([node]);
  for (const each of nodes)
    for (const inner of differ.search.space.factsOf(each).all) nodes.add(inner);
  const facts = [...nodes].map((each) => differ.search.space.factsOf(each));
  return {
    conditions: facts.flatMap((each) => each.conditions),
    not: facts.flatMap((each) => each.not),
  };
}

function note(
  differ: Differ,
  demand: { readonly before: SchemaNode | undefined; readonly after: SchemaNode | undefined },
  ruleOf: (kind: ChangeKind) => RuleId,
  place: Place,
): void {
  const { before, after } = demand;
  if (before === undefined && after === undefined) return;
  if (before && after && differ.search.same.holds(before, after)) return;
  const kind = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  differ.note({
    rule: ruleOf(kind),
    place,
    demand: { ...demandPart("before", before), ...demandPart("after", after) },
  });
}

function conditionNode(
  differ: Differ,
  node: SchemaNode,
  { test, then, else: otherwise }: Condition,
): SchemaNode {
  const raw = {
    if: test.raw,
    ...(then && { then: then.raw }),
    ...(otherwise && { else: otherwise.raw }),
  };
  return differ.demand(node.document, raw, test, then, otherwise);
}

/** Conditions that only ask whether a property is there: `dependentRequired` and its kin. */
function isDependency(conditions: readonly Condition[]): boolean {
  return conditions.every(({ test, else: otherwise }) => {
    const isPresence =
      typeof test.raw === "object" &&
      test.raw !== null &&
      Object.keys(test.raw)
        .filter((keyword) => keyword !== "type")
        .join() === "required";
    return isPresence && otherwise === undefined;
  });
}
