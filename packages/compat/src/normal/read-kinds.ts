/** Reads what a schema says about numbers, strings, arrays and objects. */
import type { ArrayFacts, Contains, NumberFacts, ObjectFacts, StringFacts } from "./facts.ts";
import { compareRatios, type Ratio, ratioOf } from "./ratio.ts";
import type { Reading } from "./reading.ts";
import { isWhole } from "./read-type.ts";

/** Bounds and steps; `integer` is a step of one. */
export function readNumber(reading: Reading): NumberFacts | undefined {
  const step = reading.ratio("multipleOf");
  if (step !== undefined && step.over <= 0n)
    reading.fault("multipleOf", "multipleOf must be above zero.");
  const steps = [
    ...(isWhole(reading) ? [ratioOf(1)] : []),
    ...(step !== undefined && step.over > 0n ? [step] : []),
  ];
  const lower = bound(reading, "minimum", "exclusiveMinimum", 1);
  const upper = bound(reading, "maximum", "exclusiveMaximum", -1);
  if (steps.length === 0 && lower.at === undefined && upper.at === undefined) return undefined;
  return {
    ...(lower.at && { min: lower.at }),
    minExclusive: lower.exclusive,
    ...(upper.at && { max: upper.at }),
    maxExclusive: upper.exclusive,
    steps,
  };
}

interface Bound {
  readonly at?: Ratio;
  readonly exclusive: boolean;
}

/** The tighter of both spellings of a bound. In draft 4 the exclusive one is a flag of the other. */
function bound(reading: Reading, keyword: string, exclusiveKeyword: string, sign: 1 | -1): Bound {
  const at = reading.ratio(keyword);
  const flag = reading.get(exclusiveKeyword);
  if (typeof flag === "boolean") return { ...(at && { at }), exclusive: flag && at !== undefined };
  const beyond = reading.ratio(exclusiveKeyword);
  if (beyond === undefined) return { ...(at && { at }), exclusive: false };
  if (at === undefined || compareRatios(beyond, at) * sign >= 0)
    return { at: beyond, exclusive: true };
  return { at, exclusive: false };
}

/** Lengths in code points, pattern, format. */
export function readString(reading: Reading): StringFacts | undefined {
  const min = reading.count("minLength");
  const max = reading.count("maxLength");
  const patterns = readPattern(reading);
  const format = reading.get("format");
  if (format !== undefined && typeof format !== "string")
    reading.fault("format", "format must be a text.");
  const formats = typeof format === "string" ? [format] : [];
  if (min === undefined && max === undefined && patterns.length + formats.length === 0)
    return undefined;
  return { min: min ?? 0, max: max ?? Infinity, patterns, formats };
}

function readPattern(reading: Reading): string[] {
  const pattern = reading.get("pattern");
  if (pattern === undefined) return [];
  if (typeof pattern === "string" && isExpression(pattern)) return [pattern];
  reading.fault(
    "pattern",
    `${JSON.stringify(pattern)} is no regular expression (with the flag u).`,
  );
  return [];
}

function isExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

/** Items of both spellings (`prefixItems` with `items`, `items` as a list with `additionalItems`), counts. */
export function readArray(reading: Reading): ArrayFacts | undefined {
  const min = reading.count("minItems");
  const max = reading.count("maxItems");
  const unique = reading.get("uniqueItems") ?? false;
  if (typeof unique !== "boolean") reading.fault("uniqueItems", "uniqueItems must be a boolean.");
  const contains = readContains(reading);
  const isList = Array.isArray(reading.get("items"));
  const prefix = (isList ? reading.schemas("items") : reading.schemas("prefixItems")) ?? [];
  const said = isList ? "additionalItems" : "items";
  const unevaluated = reading.has("contains") ? undefined : "unevaluatedItems";
  const rest =
    reading.schema(said) ??
    (unevaluated && reading.alone() ? reading.schema(unevaluated) : undefined);
  const silent =
    min === undefined && max === undefined && unique !== true && contains === undefined;
  if (silent && prefix.length === 0 && rest === undefined) return undefined;
  return {
    prefix,
    ...(rest && { rest }),
    min: min ?? 0,
    max: max ?? Infinity,
    unique: unique === true,
    ...(contains && { contains }),
  };
}

function readContains(reading: Reading): Contains | undefined {
  const node = reading.schema("contains");
  const min = reading.count("minContains") ?? 1;
  const max = reading.count("maxContains") ?? Infinity;
  return node === undefined ? undefined : { node, min, max };
}

/** Properties, patterns, the rest, counts and names. */
export function readObject(reading: Reading): ObjectFacts | undefined {
  const min = reading.count("minProperties");
  const max = reading.count("maxProperties");
  const names = reading.schema("propertyNames");
  const properties = new Map(reading.schemasByName("properties"));
  const patterns = reading.schemasByName("patternProperties").filter(([pattern]) => {
    const legal = isExpression(pattern);
    if (!legal)
      reading.fault("patternProperties", `${JSON.stringify(pattern)} is no regular expression.`);
    return legal;
  });
  const required = new Set(reading.names("required"));
  const named = new Set([...required, ...demandedNames(reading)]);
  const rest =
    reading.schema("additionalProperties") ??
    (reading.alone() ? reading.schema("unevaluatedProperties") : undefined);
  const declares =
    reading.has("properties") || reading.has("patternProperties") || rest !== undefined;
  const silent = min === undefined && max === undefined && names === undefined && named.size === 0;
  if (silent && !declares) return undefined;
  return {
    properties,
    patterns,
    ...(rest && { rest }),
    required,
    named,
    min: min ?? 0,
    max: max ?? Infinity,
    ...(names && { names }),
    declares,
  };
}

function demandedNames(reading: Reading): string[] {
  return ["dependentRequired", "dependencies"].flatMap((keyword) =>
    reading
      .byName(keyword)
      .flatMap(([, demand]) => (Array.isArray(demand) ? demand.map(String) : [])),
  );
}
