/** Checks one number or text against what a schema says about it, exactly. */
import type { Facts, NumberFacts, StringFacts } from "../normal/facts.ts";
import { compareRatios, isMultiple, ratioOf } from "../normal/ratio.ts";
import type { Scalar } from "../normal/value.ts";
import { hasFormat, isKnownFormat } from "../typebox.ts";

/** The assertions about single values. */
type Asserted = Pick<Facts, "number" | "string">;

/** Whether a value meets all assertions about its kind. Formats that nobody checks are met. */
export function meets(facts: Asserted, value: Scalar): boolean {
  if (typeof value === "number")
    return facts.number === undefined || meetsNumber(facts.number, value);
  if (typeof value === "string")
    return facts.string === undefined || meetsString(facts.string, value);
  return true;
}

/** Whether a value breaks an assertion; undefined where only a format that nobody checks could tell. */
export function breaks(facts: Asserted, value: Scalar): boolean | undefined {
  if (!meets(facts, value)) return true;
  const isUnsure =
    typeof value === "string" && facts.string?.formats.some((format) => !isKnownFormat(format));
  return isUnsure === true ? undefined : false;
}

/** Whether a number keeps within bounds and on the steps. */
function meetsNumber(facts: NumberFacts, value: number): boolean {
  const exact = ratioOf(value);
  if (facts.min !== undefined) {
    const order = compareRatios(exact, facts.min);
    if (order < 0 || (order === 0 && facts.minExclusive)) return false;
  }
  if (facts.max !== undefined) {
    const order = compareRatios(exact, facts.max);
    if (order > 0 || (order === 0 && facts.maxExclusive)) return false;
  }
  return facts.steps.every((step) => isMultiple(exact, step));
}

/** Whether a text has the length, the patterns and the formats. */
function meetsString(facts: StringFacts, value: string): boolean {
  const length = lengthOf(value);
  return (
    length >= facts.min &&
    length <= facts.max &&
    facts.patterns.every((pattern) => matches(pattern, value)) &&
    facts.formats.every((format) => hasFormat(format, value))
  );
}

/** Whether a pattern is found in a text. The pattern was tried when its schema was read. */
export function matches(pattern: string, value: string): boolean {
  return new RegExp(pattern, "u").test(value);
}

/** The length of a text in code points. */
export function lengthOf(value: string): number {
  let length = 0;
  for (const _ of value) length += 1;
  return length;
}
