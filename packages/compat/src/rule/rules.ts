/** The change table: every kind of change that the engine reports, with what it means in each direction. */
import { arrayRules } from "./array-rules.ts";
import { constraintRules } from "./constraint-rules.ts";
import { procedureRules } from "./procedure-rules.ts";
import { propertyRules } from "./property-rules.ts";
import { representationRules } from "./representation-rules.ts";
import type { Rule } from "./rule.ts";
import { shapeRules } from "./shape-rules.ts";
import { typeRules } from "./type-rules.ts";
import { unionRules } from "./union-rules.ts";

const table = [
  ...propertyRules,
  ...shapeRules,
  ...typeRules,
  ...constraintRules,
  ...arrayRules,
  ...unionRules,
  ...representationRules,
  ...procedureRules,
] as const;

/** The stable name of a rule. */
export type RuleId = (typeof table)[number]["id"];

/** All rules, in the order of the published table. */
export const rules: readonly (Rule & { readonly id: RuleId })[] = table;

const byId: ReadonlyMap<string, Rule & { readonly id: RuleId }> = new Map(
  rules.map((rule) => [rule.id, rule]),
);

/** What there is to say about a rule; undefined for an id that is none. `concordat explain` prints it. */
export function explain(id: string): (Rule & { readonly id: RuleId }) | undefined {
  return byId.get(id);
}
