/** What each keyword of a schema holds: the one table that everything which walks a schema looks into. */

/**
 * What stands behind a keyword.
 *
 * `schema`, `schemas` (a list), `either` (one or a list), `named` (schemas under names that the author chose),
 * `value` (a JSON value, not a schema), `set` (a list whose order says nothing), `names` (lists under chosen
 * names), `reference`, `text` (for people: changes no message).
 */
export type KeywordRole =
  | "schema"
  | "schemas"
  | "either"
  | "named"
  | "value"
  | "set"
  | "names"
  | "reference"
  | "text";

/** The keywords that a frozen schema may have. */
export const keywords = {
  $ref: "reference",
  type: "value",
  const: "value",
  enum: "set",
  anyOf: "schemas",
  oneOf: "schemas",
  allOf: "schemas",
  not: "schema",
  if: "schema",
  then: "schema",
  else: "schema",
  properties: "named",
  required: "set",
  additionalProperties: "schema",
  patternProperties: "named",
  propertyNames: "schema",
  minProperties: "value",
  maxProperties: "value",
  dependentRequired: "names",
  items: "either",
  prefixItems: "schemas",
  additionalItems: "schema",
  minItems: "value",
  maxItems: "value",
  uniqueItems: "value",
  contains: "schema",
  minContains: "value",
  maxContains: "value",
  minimum: "value",
  maximum: "value",
  exclusiveMinimum: "value",
  exclusiveMaximum: "value",
  multipleOf: "value",
  minLength: "value",
  maxLength: "value",
  pattern: "value",
  format: "value",
  "x-concordat": "value",
  default: "value",
  title: "text",
  description: "text",
  examples: "text",
  deprecated: "text",
  readOnly: "text",
  writeOnly: "text",
  contentEncoding: "text",
  contentMediaType: "text",
  $comment: "text",
} as const satisfies Record<string, KeywordRole>;

/** A keyword of the contract subset. */
export type Keyword = keyof typeof keywords;

/** Whether a keyword is for people only: it changes no message. */
export function isText(keyword: string): boolean {
  return roleOf(keyword) === "text";
}

/** What a keyword holds, or `undefined` for one that is not part of the subset. */
export function roleOf(keyword: string): KeywordRole | undefined {
  return Object.hasOwn(keywords, keyword) ? keywords[keyword as Keyword] : undefined; // hasOwn has checked
}
