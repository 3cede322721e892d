/** The rules of a node as one function, or none where there are none. */
import { formats } from "../../schema/format/format.ts";
import type { NumberRules } from "../../schema/number-shape.ts";
import type { StringRules } from "../../schema/string-shape.ts";
import type { CountRules } from "../node/node.ts";
import * as countRule from "../rule/count-rule.ts";
import {
  exclusiveMaximum,
  exclusiveMinimum,
  maximum,
  minimum,
  multipleOf,
} from "../rule/number-rule.ts";
import * as textRule from "../rule/text-rule.ts";

type Check<T> = (value: T) => T;

const numberRules = { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf };

/** What a number has to satisfy. */
export function numberCheck(rules: NumberRules): Check<number> | undefined {
  const names = Object.keys(numberRules) as (keyof typeof numberRules)[]; // the table's own
  return allOf(
    names.map((name) => {
      const [rule, bound] = [numberRules[name], rules[name]];
      return bound === undefined ? undefined : (value) => rule(value, bound);
    }),
  );
}

/** What a text has to satisfy. Lengths first: a slow pattern must not get a long text. */
export function textCheck(rules: StringRules): Check<string> | undefined {
  const { minLength, maxLength, format = "", pattern } = rules;
  const isFormat = formats.get(format);
  const expression = pattern === undefined ? undefined : textRule.regExp(pattern);
  return allOf<string>([
    minLength === undefined ? undefined : (text) => textRule.minLength(text, minLength),
    maxLength === undefined ? undefined : (text) => textRule.maxLength(text, maxLength),
    isFormat === undefined ? undefined : (text) => textRule.format(text, format, isFormat),
    expression === undefined ? undefined : (text) => textRule.pattern(text, expression),
  ]);
}

/** What the length of an array has to satisfy. */
export function countCheck({ minItems, maxItems }: CountRules): Check<number> {
  return (length) => {
    if (minItems !== undefined) countRule.minItems(length, minItems);
    if (maxItems !== undefined) countRule.maxItems(length, maxItems);
    return length;
  };
}

function allOf<T>(checks: readonly (Check<T> | undefined)[]): Check<T> | undefined {
  const all = checks.filter((check) => check !== undefined);
  const [first] = all;
  if (first === undefined || all.length === 1) return first;
  return (value) => {
    for (const check of all) check(value);
    return value;
  };
}
