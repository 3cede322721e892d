/** Reads a schema of any draft from 4 to 2020-12, and puts what it says into one form. */
import type { Condition, Facts, Opaque } from "./facts.ts";
import { annotations, understood } from "./keyword.ts";
import type { SchemaNode } from "./node.ts";
import { below } from "./path.ts";
import { readArray, readNumber, readObject, readString } from "./read-kinds.ts";
import { readKinds } from "./read-type.ts";
import { Reading } from "./reading.ts";
import { follow, heard } from "./reference.ts";
import { isRecord, isScalar, type Scalar, textOf } from "./value.ts";

const nothing = {
  all: [],
  any: [],
  one: [],
  not: [],
  conditions: [],
  opaque: [],
  faults: [],
} as const;

/** What a schema says. Never throws: what cannot be read is a fault in the answer. */
export function readFacts(node: SchemaNode): Facts {
  const { raw, document } = node;
  if (raw === true) return { ...nothing, kinds: document.space.kinds };
  if (raw === false) return { ...nothing, kinds: new Set() };
  if (!isRecord(raw)) {
    const fault = {
      path: node.path,
      keyword: "",
      reason: "A schema must be an object or a boolean.",
    };
    return { ...nothing, kinds: document.space.kinds, faults: [fault] };
  }
  const reading = new Reading(node, heard(raw, document));
  const kinds = readKinds(reading);
  const { values, any } = readValues(reading);
  const number = readNumber(reading);
  const string = readString(reading);
  const array = readArray(reading);
  const object = readObject(reading);
  const reference = readReference(reading);
  const anyOf = reading.schemas("anyOf");
  const oneOf = reading.schemas("oneOf");
  const not = reading.schema("not");
  return {
    kinds,
    ...(values && { values }),
    ...(number && { number }),
    ...(string && { string }),
    ...(array && { array }),
    ...(object && { object }),
    all: [...(reference ? [reference] : []), ...(reading.schemas("allOf") ?? [])],
    any: [...(anyOf ? [anyOf] : []), ...(any ? [any] : [])],
    one: oneOf ? [oneOf] : [],
    not: not ? [not] : [],
    conditions: readConditions(reading),
    opaque: readOpaque(reading),
    faults: reading.faults,
  };
}

/** The schema that a `$ref` with nothing but texts beside it means. */
export function targetOf(node: SchemaNode): SchemaNode | undefined {
  if (!isRecord(node.raw) || !Object.hasOwn(node.raw, "$ref")) return undefined;
  const raw = heard(node.raw, node.document);
  const reference = raw["$ref"];
  if (typeof reference !== "string") return undefined;
  if (!Object.keys(raw).every((keyword) => keyword === "$ref" || annotations.has(keyword)))
    return undefined;
  const target = follow(reference, node);
  // References to references may go round in circles.
  const isEnd =
    typeof target !== "string" && !(isRecord(target.raw) && Object.hasOwn(target.raw, "$ref"));
  return isEnd ? target : undefined;
}

function readReference(reading: Reading): SchemaNode | undefined {
  const reference = reading.get("$ref");
  if (reference === undefined) return undefined;
  const target =
    typeof reference === "string" ? follow(reference, reading.node) : "$ref must be a text.";
  if (typeof target !== "string") return target;
  reading.fault("$ref", target);
  return undefined;
}

/** `const` and `enum`; a value with parts becomes a schema that only this value fits. */
function readValues(reading: Reading): { values?: readonly Scalar[]; any?: SchemaNode[] } {
  let listed: readonly unknown[] | undefined;
  if (reading.has("const")) listed = [reading.get("const")];
  const members = reading.get("enum");
  if (Array.isArray(members)) {
    const fixed = listed && textOf(listed[0]);
    listed = fixed === undefined ? members : members.filter((member) => textOf(member) === fixed);
  } else if (members !== undefined) reading.fault("enum", "enum must be a list of values.");
  if (listed === undefined) return {};
  if (listed.every(isScalar)) return { values: listed };
  const scalars = listed.filter(isScalar);
  return {
    any: [
      reading.made("scalars", { enum: scalars }),
      ...listed
        .filter((value) => !isScalar(value))
        .map((value) => reading.made(textOf(value), exactly(value))),
    ],
  };
}

function exactly(value: unknown): unknown {
  if (Array.isArray(value)) {
    const count = value.length;
    return { type: "array", prefixItems: value.map(exactly), items: false, minItems: count };
  }
  if (!isRecord(value)) return { const: value };
  return {
    type: "object",
    properties: Object.fromEntries(
      Object.entries(value).map(([name, part]) => [name, exactly(part)]),
    ),
    required: Object.keys(value),
    additionalProperties: false,
  };
}

function readConditions(reading: Reading): Condition[] {
  const conditions: Condition[] = [];
  const test = reading.schema("if");
  if (test !== undefined) {
    const [then, otherwise] = [reading.schema("then"), reading.schema("else")];
    conditions.push({ test, ...(then && { then }), ...(otherwise && { else: otherwise }) });
  }
  for (const keyword of ["dependentRequired", "dependentSchemas", "dependencies"]) {
    for (const [name, demand] of reading.byName(keyword)) {
      // Of anything but an object `required` asks nothing, and neither does a dependency.
      const presence = reading.made(`has:${name}`, { type: "object", required: [name] });
      const then = Array.isArray(demand)
        ? reading.made(`needs:${textOf(demand)}`, { required: demand })
        : reading.child(demand, keyword, name);
      conditions.push({ test: presence, then, isDependency: Array.isArray(demand) });
    }
  }
  return conditions;
}

/** Keywords that speak of what the schemas beside them say, or of what is around them. */
const contextual: ReadonlySet<string> = new Set(["unevaluatedItems", "unevaluatedProperties"]);

function readOpaque(reading: Reading): Opaque[] {
  const { raw, node } = reading;
  const opaque: Opaque[] = [];
  for (const keyword of Object.keys(raw)) {
    const value = raw[keyword];
    if (understood.has(keyword) || annotations.has(keyword) || value === undefined) continue;
    const alone = reading.alone();
    // Without a schema applied in place, unevaluated is the same as additional; read-kinds takes it so.
    if (keyword === "unevaluatedProperties" && alone) continue;
    if (keyword === "unevaluatedItems" && alone && !reading.has("contains")) continue;
    const text = textOf(contextual.has(keyword) ? raw : value);
    // Equal texts with references in them may mean different schemas in different documents.
    const refers = /"\$(ref|dynamicRef|recursiveRef)":/.test(`"${keyword}":${text}`);
    const home = refers ? `@${node.path}:${node.document.fingerprint}` : "";
    const about = { key: `${keyword}=${text}${home}`, keyword, path: below(node.path, keyword) };
    if (keyword === "unevaluatedProperties") opaque.push({ ...about, kind: "object" });
    else if (keyword === "unevaluatedItems") opaque.push({ ...about, kind: "array" });
    else opaque.push(about);
  }
  return opaque;
}
