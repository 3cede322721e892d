/** What a schema says about arrays, as a call. */
import type { Schema, SchemaObject } from "../schema.ts";
import { callWith, type Expression, type Member } from "./expression.ts";
import { keywordRules } from "./keyword-rules.ts";
import type { Inner } from "./object-expression.ts";

/** The keywords that speak of arrays. */
export const arrayKeywords = [
  "items",
  "prefixItems",
  "minItems",
  "maxItems",
  "uniqueItems",
  "contains",
] as const;

/** The shape of the arrays that a schema admits. */
export function arrayExpression(schema: SchemaObject, inner: Inner): Expression {
  const { contains } = schema;
  const rules: Member[] = keywordRules(schema, ["maxItems"]);
  if (schema.uniqueItems === true) rules.push(["uniqueItems", { value: true }]);
  if (contains !== undefined) {
    rules.push(
      ["contains", inner(contains)],
      ...keywordRules(schema, ["minContains", "maxContains"]),
    );
  }
  const { places, rest } = placesOf(schema);
  if (places === undefined) {
    return callWith(
      "array",
      [inner(rest ?? true)],
      [...keywordRules(schema, ["minItems"]), ...rules],
    );
  }
  const minItems = schema.minItems ?? 0;
  if (minItems !== places.length) rules.unshift(["minItems", { value: minItems }]);
  if (rest !== false) rules.push(["rest", inner(rest ?? true)]);
  return callWith("tuple", [{ list: places.map(inner) }], rules);
}

/** One schema for each place, and one for all that follow; in the words of draft 2020-12 or of draft-07. */
function placesOf(schema: SchemaObject): {
  places: readonly Schema[] | undefined;
  rest: Schema | undefined;
} {
  const { prefixItems, items, additionalItems } = schema;
  if (isList(items)) return { places: prefixItems ?? items, rest: additionalItems };
  return { places: prefixItems, rest: items };
}

function isList(items: Schema | readonly Schema[] | undefined): items is readonly Schema[] {
  return Array.isArray(items);
}
