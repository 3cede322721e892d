/** Values of keywords that hold no schema: whether they are what the keyword needs. */
import { isPlainObject } from "./kind.ts";

const types: ReadonlySet<unknown> = new Set([
  "null",
  "boolean",
  "integer",
  "number",
  "string",
  "array",
  "object",
]);

const counts = [
  "minProperties",
  "maxProperties",
  "minItems",
  "maxItems",
  "minContains",
  "maxContains",
  "minLength",
  "maxLength",
];

const bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

function isType(value: unknown): boolean {
  return Array.isArray(value) ? value.every((each) => types.has(each)) : types.has(value);
}

/** A list of texts. */
export function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isNamesByName(value: unknown): boolean {
  return isPlainObject(value) && Object.values(value).every(isNames);
}

/** What a value has to be, and how to say that. */
interface Demand {
  readonly fits: (value: unknown) => boolean;
  readonly needs: string;
}

const aText: Demand = { fits: isText, needs: "a text" };

const demands: ReadonlyMap<string, Demand> = new Map<string, Demand>([
  ...bounds.map((keyword) => [keyword, { fits: isNumber, needs: "a number" }] as const),
  ...counts.map(
    (keyword) => [keyword, { fits: isCount, needs: "a whole number from 0 on" }] as const,
  ),
  ...["allOf", "anyOf", "oneOf", "prefixItems"].map(
    (keyword) => [keyword, { fits: Array.isArray, needs: "a list of schemas" }] as const,
  ),
  [
    "multipleOf",
    { fits: (value) => isNumber(value) && Number(value) > 0, needs: "a number above 0" },
  ],
  ["type", { fits: isType, needs: `one of ${[...types].join(", ")}, or a list of them` }],
  ["enum", { fits: Array.isArray, needs: "a list" }],
  ["required", { fits: isNames, needs: "a list of names (draft 3 wrote it otherwise)" }],
  ["dependentRequired", { fits: isNamesByName, needs: "an object of lists of names" }],
  ["uniqueItems", { fits: (value) => typeof value === "boolean", needs: "true or false" }],
  ["pattern", aText],
  ["format", aText],
]);

/** What a keyword needs and does not have, or undefined when its value fits. */
export function unmetDemand(keyword: string, value: unknown): string | undefined {
  const demand = demands.get(keyword);
  return demand === undefined || demand.fits(value) ? undefined : demand.needs;
}
