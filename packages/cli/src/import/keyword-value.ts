/** Values of keywords that hold no schema: whether they are what the keyword needs. */

const types: ReadonlySet<unknown> = new Set([
  "null",
  "boolean",
  "integer",
  "number",
  "string",
  "array",
  "object",
]);

const numbers = [
  "minProperties",
  "maxProperties",
  "minItems",
  "maxItems",
  "minContains",
  "maxContains",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
];

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}

function isType(value: unknown): boolean {
  return Array.isArray(value) ? value.every((each) => types.has(each)) : types.has(value);
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

/** What a value has to be, and how to say that. */
interface Demand {
  readonly fits: (value: unknown) => boolean;
  readonly needs: string;
}

const aText: Demand = { fits: isText, needs: "a text" };

const demands: ReadonlyMap<string, Demand> = new Map<string, Demand>([
  ...numbers.map((keyword) => [keyword, { fits: isNumber, needs: "a number" }] as const),
  ["type", { fits: isType, needs: `one of ${[...types].join(", ")}, or a list of them` }],
  ["enum", { fits: Array.isArray, needs: "a list" }],
  ["required", { fits: isNames, needs: "a list of names (draft 3 wrote it otherwise)" }],
  ["uniqueItems", { fits: (value) => typeof value === "boolean", needs: "true or false" }],
  ["pattern", aText],
  ["format", aText],
]);

/** What a keyword needs and does not have, or undefined when its value fits. */
export function unmetDemand(keyword: string, value: unknown): string | undefined {
  const demand = demands.get(keyword);
  return demand === undefined || demand.fits(value) ? undefined : demand.needs;
}

/** Whether a text is a regular expression of the kind that contracts have: Unicode, as in ECMAScript. */
export function isPattern(text: string): boolean {
  return isExpression(text, "u");
}

/** Whether a text is a regular expression of ECMAScript at all: older ones were written without Unicode. */
export function isOldPattern(text: string): boolean {
  return isExpression(text, "");
}

function isExpression(text: string, flags: string): boolean {
  try {
    return new RegExp(text, flags).source !== "";
  } catch {
    return false;
  }
}
