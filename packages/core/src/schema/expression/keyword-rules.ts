/** Keywords that a combinator takes as they are. */
import type { Json, SchemaObject } from "../schema.ts";
import type { Member } from "./expression.ts";

/** The given keywords that a schema has, as members of a combinator's rules. */
export function keywordRules(
  schema: SchemaObject,
  keywords: readonly (keyof SchemaObject)[],
): Member[] {
  const rules: Member[] = [];
  for (const keyword of keywords) {
    const value = schema[keyword] as Json | undefined; // only keywords that hold plain values are asked for
    if (value !== undefined) rules.push([keyword, { value }]);
  }
  return rules;
}
