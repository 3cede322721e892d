/** Shapes of arrays as functions of their own, for servers: each knows the one check that its elements pass. */
import { type ArrayRules, arrayRulesOf } from "./array-rules.ts";
import { kindsOfArray } from "./array-shape.ts";
import { CheckedShape, type Glance, insideOf } from "./check.ts";
import { functionOf } from "./function-of-text.ts";
import type { Shape } from "./shape.ts";
import { type Check, MISMATCH } from "./visit.ts";

/** As `array` makes it. */
export function compiledArray<T>(element: Shape, rules: ArrayRules = {}): Shape<T> {
  const { check, glance } = insideOf(element);
  const make = functionOf("MISMATCH", "rules", "check", textOf(glance));
  const all = make(MISMATCH, arrayRulesOf(rules), check) as Check; // that is what the text says
  return new CheckedShape<T>(all, { kinds: kindsOfArray });
}

function textOf(glance: Glance | undefined): string {
  return `"use strict";
return (elements, visit, raw) => {
if (!Array.isArray(elements)) return visit.fail("is not an array");
if (!visit.enter(elements)) return MISMATCH;
for (const rule of rules) if (rule(elements, visit) === MISMATCH) { visit.leave(); return MISMATCH; }
const kept = [];
for (let index = 0; index < elements.length; index += 1) {
let element = elements[index];
if (!(${glance?.("element") ?? "false"})) {
element = check(element, visit, raw);
if (element === MISMATCH) { visit.leave(); return visit.under(index); }
}
kept.push(element);
}
visit.leave();
return kept;
};`;
}
