/** Compares two releases and says what changed and whom it breaks. */
export type {
  Change,
  Comparison,
  Direction,
  Position,
  ReleaseComparison,
} from "./compare/change.ts";
export { type Comparer, compareReleases, createComparer } from "./compare/compare-releases.ts";
export { type CompareOptions, compareSchemas } from "./compare/compare-schemas.ts";
export { deriveAdapter } from "./derive/derive-adapter.ts";
export { step } from "./compare/step.ts";
export type { SearchLimits } from "./include/search.ts";
export type { AdapterStep, Pointer } from "@concordat/core";
export type { Columns, Rule, TableVerdict, Verdict } from "./rule/rule.ts";
export { explain, type RuleId, rules } from "./rule/rules.ts";
export { smaller } from "./witness/smaller.ts";
export { createValidator, type Validator } from "./witness/validator.ts";
