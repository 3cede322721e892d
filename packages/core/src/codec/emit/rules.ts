/** What a text, a number or a length has to satisfy, as calls around the code that has it. */
import { formatCheckOf } from "../../schema/format/format.ts";
import type { CountRules, NumberNode, TextNode } from "../node/node.ts";
import type { CodeValue } from "./code.ts";

/** In the order in which they are looked at. */
const numberRules = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
] as const;

/** Code with the rules of its node around it. `pattern` names a regular expression. */
export function ruled(
  node: TextNode | NumberNode,
  code: CodeValue,
  pattern?: (source: string) => string,
): CodeValue {
  if (node.kind !== "text") {
    return numberRules.reduce((inner, rule) => around(inner, rule, node.rules[rule]), code);
  }
  const { rules } = node;
  const lengths = around(around(code, "minLength", rules.minLength), "maxLength", rules.maxLength);
  const check = rules.format === undefined ? undefined : formatCheckOf.get(rules.format);
  const formatted: CodeValue =
    check === undefined
      ? lengths
      : { call: "format", given: [lengths, { json: rules.format ?? "" }, { runtime: check }] };
  if (rules.pattern === undefined || pattern === undefined) return formatted;
  return { call: "pattern", given: [formatted, pattern(rules.pattern)] };
}

/** The length of an array with its rules around it. */
export function counted(code: CodeValue, { minItems, maxItems }: CountRules): CodeValue {
  // No array has fewer than none.
  return around(
    around(code, "minItems", minItems === 0 ? undefined : minItems),
    "maxItems",
    maxItems,
  );
}

function around(
  code: CodeValue,
  rule: (typeof numberRules)[number] | "minLength" | "maxLength" | "minItems" | "maxItems",
  bound: number | undefined,
): CodeValue {
  return bound === undefined ? code : { call: rule, given: [code, { json: bound }] };
}
