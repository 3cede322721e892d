/** Random schemas of the contract's subset, and mutations of them that are near misses. */
import type { Chance } from "./chance.ts";

/** Schemas by name. */
export interface Members {
  [name: string]: Raw;
}

/** A schema that is no boolean. Random schemas are well-formed, so their keywords have the types they should. */
export interface RawObject {
  $ref?: string;
  type?: string | string[];
  const?: unknown;
  enum?: unknown[];
  anyOf?: Raw[];
  oneOf?: Raw[];
  allOf?: Raw[];
  not?: Raw;
  if?: Raw;
  then?: Raw;
  else?: Raw;
  properties?: Members;
  patternProperties?: Members;
  additionalProperties?: Raw;
  required?: string[];
  dependentRequired?: { [name: string]: string[] };
  items?: Raw | Raw[];
  prefixItems?: Raw[];
  additionalItems?: Raw;
  contains?: Raw;
  minItems?: number;
  maxItems?: number;
  definitions?: Members;
  [keyword: string]: unknown;
}

/** A schema of the tests. */
export type Raw = boolean | RawObject;

/** The schema that a reference means. */
export function definition(document: Raw, reference: string): Raw {
  const definitions = typeof document === "boolean" ? {} : (document.definitions ?? {});
  return definitions[reference.slice("#/definitions/".length)] ?? false;
}

/** Which keywords may occur. */
export interface Dialect {
  /** `not`, `oneOf`, `if`, non-regular patterns, formats: what makes proofs hard. */
  readonly isHard: boolean;
}

export const names = ["a", "b", "c", "kind"];
const patterns = ["^[a-c]+$", "^[a-z]*$", "^x", "b$", "[0-9]", "^(a|b)$", "^a{1,3}$"];
const keyPatterns = ["^[a-b]$", "^.*$", "^k"];
const hardPatterns = ["^(?=.*a)[a-c]*$", "(?<!a)b", "^(a|b)\\1$"];
const formats = ["date", "date-time", "email", "uuid", "ipv4", "unknown-format"];
const scalars = [null, true, false, 0, 1, 2, 3, 1.5, -1, "a", "b", "c", "x", ""];

/** A document with definitions, some of them recursive. */
export function randomDocument(chance: Chance, dialect: Dialect): Raw {
  const root = randomSchema(chance, dialect, 3);
  const definitions = {
    A: randomSchema(chance, dialect, 2, "object"),
    B: randomSchema(chance, dialect, 1),
  };
  return typeof root === "boolean" ? { allOf: [root], definitions } : { ...root, definitions };
}

export function randomSchema(chance: Chance, dialect: Dialect, depth: number, kind?: string): Raw {
  const roll = kind === undefined ? chance.below(100) : 100;
  if (roll < 2) return true;
  if (roll < 3) return chance.is(0.3) ? false : {};
  if (depth > 0 && roll < 18) return { anyOf: several(chance, dialect, depth - 1) };
  if (depth > 0 && roll < 22)
    return {
      allOf: [objectSchema(chance, dialect, depth - 1), objectSchema(chance, dialect, depth - 1)],
    };
  if (roll < 27) return { $ref: `#/definitions/${chance.of(["A", "B"])}` };
  if (roll < 36)
    return chance.is(0.5)
      ? { const: chance.of(scalars) }
      : { enum: chance.some(scalars, 0.3).concat(["a"]) };
  if (dialect.isHard && depth > 0 && roll < 48) return hardSchema(chance, dialect, depth - 1);
  if (depth > 0 && roll < 52) return taggedUnion(chance, dialect, depth - 1);
  const type =
    kind ??
    chance.of([
      "null",
      "boolean",
      "integer",
      "number",
      "string",
      "array",
      "object",
      "object",
      "object",
    ]);
  if (type === "object") return objectSchema(chance, dialect, depth - 1);
  if (type === "array") return arraySchema(chance, dialect, depth - 1);
  return { type: chance.is(0.1) ? [type, "null"] : type, ...keywordsOf(chance, dialect, type) };
}

function several(chance: Chance, dialect: Dialect, depth: number): Raw[] {
  return Array.from({ length: 1 + chance.below(3) }, () => randomSchema(chance, dialect, depth));
}

function taggedUnion(chance: Chance, dialect: Dialect, depth: number): Raw {
  return {
    anyOf: ["x", "y", "z"].slice(0, 1 + chance.below(3)).map((tag) => ({
      type: "object",
      properties: {
        kind: { const: tag },
        [chance.of(names)]: randomSchema(chance, dialect, depth),
      },
      required: ["kind"],
    })),
  };
}

function hardSchema(chance: Chance, dialect: Dialect, depth: number): Raw {
  switch (chance.below(4)) {
    case 0:
      return { not: randomSchema(chance, dialect, depth) };
    case 1:
      return { oneOf: several(chance, dialect, depth) };
    case 2:
      return {
        if: randomSchema(chance, dialect, depth),
        then: randomSchema(chance, dialect, depth),
        else: randomSchema(chance, dialect, depth),
      };
    default:
      return {
        ...Object(randomSchema(chance, dialect, depth, "object")),
        dependentRequired: { a: ["b"] },
      };
  }
}

function objectSchema(chance: Chance, dialect: Dialect, depth: number): Raw {
  const chosen = chance.some(names, 0.5);
  const schema: RawObject = { type: "object" };
  if (chance.is(0.85)) {
    schema["properties"] = Object.fromEntries(
      chosen.map((name) => [name, randomSchema(chance, dialect, Math.max(0, depth))]),
    );
  }
  if (chance.is(0.5)) schema["required"] = chance.some(chosen, 0.5);
  if (chance.is(0.1))
    schema["additionalProperties"] = chance.of<Raw>([
      false,
      true,
      { type: "string" },
      { type: "integer" },
    ]);
  if (chance.is(0.1))
    schema["patternProperties"] = { [chance.of(keyPatterns)]: randomSchema(chance, dialect, 0) };
  if (chance.is(0.06)) schema["minProperties"] = chance.below(3);
  if (chance.is(0.06)) schema["maxProperties"] = chance.below(4);
  if (chance.is(0.04)) schema["propertyNames"] = { pattern: chance.of(patterns) };
  return schema;
}

function arraySchema(chance: Chance, dialect: Dialect, depth: number): Raw {
  const item = (): Raw => randomSchema(chance, dialect, Math.max(0, depth));
  const schema: RawObject = { type: "array" };
  const form = chance.below(10);
  if (form < 6) schema["items"] = item();
  else if (form < 8)
    Object.assign(schema, { items: [item(), item()], additionalItems: false, minItems: 2 });
  else if (form < 9) Object.assign(schema, { prefixItems: [item()], items: item() });
  if (chance.is(0.2)) schema["minItems"] = chance.below(3);
  if (chance.is(0.2)) schema["maxItems"] = chance.below(4);
  if (chance.is(0.12)) schema["uniqueItems"] = true;
  if (chance.is(0.1)) {
    schema["contains"] = randomSchema(chance, dialect, 0);
    if (chance.is(0.4)) schema["minContains"] = chance.below(3);
    if (chance.is(0.4)) schema["maxContains"] = chance.below(3);
  }
  return schema;
}

function keywordsOf(chance: Chance, dialect: Dialect, type: string): object {
  if (type === "string") {
    return {
      ...(chance.is(0.2) && { minLength: chance.below(3) }),
      ...(chance.is(0.2) && { maxLength: chance.below(5) }),
      ...(chance.is(0.2) && {
        pattern: chance.of(dialect.isHard && chance.is(0.2) ? hardPatterns : patterns),
      }),
      ...(dialect.isHard && chance.is(0.1) && { format: chance.of(formats) }),
    };
  }
  if (type === "integer" || type === "number") {
    return {
      ...(chance.is(0.2) && { minimum: chance.below(5) - 2 }),
      ...(chance.is(0.2) && { maximum: chance.below(6) }),
      ...(chance.is(0.1) && { exclusiveMinimum: chance.below(4) - 2 }),
      ...(chance.is(0.1) && { exclusiveMaximum: chance.below(6) }),
      ...(chance.is(0.15) && { multipleOf: chance.of([0.1, 0.25, 0.5, 2, 3, 4]) }),
    };
  }
  return {};
}

/** A copy with one or two small changes somewhere inside. */
export function mutated(chance: Chance, dialect: Dialect, schema: Raw): Raw {
  // A schema is JSON, so this is a deep copy.
  let copy = JSON.parse(JSON.stringify(schema)) as Raw;
  for (let count = 1 + chance.below(2); count > 0; count -= 1)
    copy = mutateOnce(chance, dialect, copy, 4);
  return copy;
}

function mutateOnce(chance: Chance, dialect: Dialect, schema: Raw, depth: number): Raw {
  if (typeof schema === "boolean")
    return chance.is(0.5) ? schema : randomSchema(chance, dialect, 1);
  const inner = innerSchemas(schema);
  if (depth > 0 && inner.length > 0 && chance.is(0.7)) {
    const { schema: chosen, replace } = chance.of(inner);
    replace(mutateOnce(chance, dialect, chosen, depth - 1));
    return schema;
  }
  return changed(chance, dialect, schema);
}

interface Inner {
  readonly schema: Raw;
  readonly replace: (other: Raw) => void;
}

function innerSchemas(schema: RawObject): Inner[] {
  const found: Inner[] = [];
  for (const keyword of [
    "additionalProperties",
    "contains",
    "not",
    "if",
    "then",
    "else",
  ] as const) {
    const inner = schema[keyword];
    if (inner !== undefined)
      found.push({ schema: inner, replace: (other) => (schema[keyword] = other) });
  }
  for (const keyword of ["properties", "definitions", "patternProperties"] as const) {
    const members = schema[keyword] ?? {};
    for (const [name, inner] of Object.entries(members)) {
      found.push({ schema: inner, replace: (other) => (members[name] = other) });
    }
  }
  for (const keyword of ["anyOf", "allOf", "oneOf", "items", "prefixItems"] as const) {
    const inner = schema[keyword];
    if (Array.isArray(inner)) {
      for (const [index, each] of inner.entries()) {
        found.push({ schema: each, replace: (other) => (inner[index] = other) });
      }
    } else if (inner !== undefined) {
      if (keyword === "items")
        found.push({ schema: inner, replace: (other) => (schema.items = other) });
    }
  }
  return found;
}

function changed(chance: Chance, dialect: Dialect, schema: RawObject): Raw {
  const { definitions, ...rest } = schema;
  const keep = (raw: Raw): Raw =>
    definitions === undefined
      ? raw
      : typeof raw === "boolean"
        ? { allOf: [raw], definitions }
        : { ...raw, definitions };
  switch (chance.below(8)) {
    case 0:
      return keep(randomSchema(chance, dialect, 1));
    case 1:
      return keep({ anyOf: [rest, randomSchema(chance, dialect, 1)] });
    case 2: {
      const keys = Object.keys(rest).filter((key) => key !== "type" && key !== "properties");
      if (keys.length === 0) return schema;
      const { [chance.of(keys)]: _, ...others } = rest;
      return keep(others);
    }
    case 3: {
      const list = (["anyOf", "oneOf", "enum"] as const).find((keyword) =>
        Array.isArray(rest[keyword]),
      );
      const members = list && rest[list];
      if (list === undefined || members === undefined || members.length < 2) return schema;
      return keep({ ...rest, [list]: members.toSpliced(chance.below(members.length), 1) });
    }
    case 4:
      return keep({
        ...rest,
        ...(rest["type"] === "integer" && { type: "number" }),
        ...(rest["type"] === "number" && { type: "integer" }),
      });
    case 5: {
      if (rest["type"] !== "object") return schema;
      const name = chance.of(names);
      const properties = {
        ...rest.properties,
        [name]: randomSchema(chance, dialect, 1),
      };
      const required = [...(rest.required ?? []), ...(chance.is(0.4) ? [name] : [])];
      return keep({
        ...rest,
        properties,
        ...(required.length > 0 && { required: [...new Set(required)] }),
      });
    }
    case 6:
      return keep({ ...rest, ...keywordsOf(chance, dialect, String([rest["type"]].flat()[0])) });
    default: {
      if (rest.required === undefined) return schema;
      return keep({ ...rest, required: chance.some(rest.required, 0.5) });
    }
  }
}
