/** The change table: every kind of change that the engine reports, with what it means in each direction. */
import { objectRules } from "./object-rules.ts";
import { procedureRules } from "./procedure-rules.ts";
import type { Rule } from "./rule.ts";
import { scalarRules } from "./scalar-rules.ts";
import { structureRules } from "./structure-rules.ts";

const table = [...objectRules, ...scalarRules, ...structureRules, ...procedureRules] as const;

/** The stable name of a rule. */
export type RuleId = (typeof table)[number]["id"];

/** All rules, in the order of the published table. */
export const rules: readonly (Rule & { readonly id: RuleId })[] = table;

const byId: ReadonlyMap<string, Rule & { readonly id: RuleId }> = new Map(rules.map((rule) => [rule.id, rule]));

/** What there is to say about a rule; undefined for an id that is none. `concordat explain` prints it. */
export function explain(id: string): (Rule & { readonly id: RuleId }) | undefined {
  return byId.get(id);
}
