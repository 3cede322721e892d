/** The TypeScript type of the values that a schema lets through. */
import type {
  Definitions,
  Json,
  Schema,
  SchemaObject,
  SchemaType,
  WireType,
} from "@concordat/core";

import { choice, type Code, list, member, objectType, sequence } from "./code.ts";
import { isCircular, isForObjects, isOpenObject, referenceOf } from "./in-place.ts";
import { jsonLiteral, typeKey } from "./literal.ts";
import { indexSignature, objectMembers } from "./type-of-object.ts";

/** How a type names what is not part of the schema itself. */
export interface Vocabulary {
  /** The type of a definition. */
  definition(name: string): Code;
  /** A type that is there without an import, like `Date`. */
  global(name: string): Code;
}

/** Where a schema stands. */
interface Place {
  /** Whether other schemas speak of the same value: then it is theirs to say that an object may hold more. */
  readonly isPart: boolean;
  /** Whether one of them admits only objects, so that keywords about objects need no `type` beside them. */
  readonly isForObjects: boolean;
}

const alone: Place = { isPart: false, isForObjects: false };

/** Turns schemas into types. */
export class TypeWriter {
  readonly #words: Vocabulary;
  readonly #definitions: Definitions;

  constructor(words: Vocabulary, definitions: Definitions) {
    this.#words = words;
    this.#definitions = definitions;
  }

  /** The type of one schema. Where types cannot say what a keyword says, the type is the wider one. */
  typeOf(schema: Schema): Code {
    return this.#typeAt(schema, alone);
  }

  #typeAt(schema: Schema, place: Place): Code {
    if (typeof schema === "boolean") return schema ? "unknown" : "never";
    const parts = this.#partsOf(schema, place);
    const isOpen = schema.allOf !== undefined && isOpenObject(schema);
    if (isOpen && !place.isPart && isForObjects(schema, this.#definitions)) {
      parts.push(objectType([{ code: member("[key: string]", "unknown") }]));
    }
    return intersection(parts);
  }

  #partsOf(schema: SchemaObject, place: Place): Code[] {
    const { anyOf, oneOf, allOf = [], not } = schema;
    const isPart = place.isPart || [anyOf, oneOf, schema.allOf, schema.$ref].some(isThere);
    const objects = place.isForObjects || isForObjects(schema, this.#definitions);
    const here: Place = { isPart, isForObjects: objects };
    const parts = allOf.map((each) => this.#typeAt(each, { ...here, isPart: true }));
    const reference = referenceOf(schema);
    if (reference !== undefined) parts.push(this.#reference(reference));
    parts.push(this.#own(schema, here));
    for (const alternatives of [anyOf, oneOf]) {
      if (alternatives === undefined) continue;
      const isBeside = place.isPart || parts.some((part) => part !== "unknown");
      parts.push(this.#union(alternatives, { ...here, isPart: isBeside }));
    }
    if (not === true || (typeof not === "object" && Object.keys(not).length === 0)) {
      parts.push("never");
    }
    return parts;
  }

  #reference(name: string): Code {
    return isCircular(name, this.#definitions) ? "unknown" : this.#words.definition(name);
  }

  /** What a schema says by itself. */
  #own(schema: SchemaObject, place: Place): Code {
    const wireType = schema["x-concordat"];
    if (wireType !== undefined) return this.#wireType(wireType);
    const values = schema.const === undefined ? schema.enum : [schema.const];
    if (values !== undefined) return choice(values.map(typeOfValue));
    const { type = place.isForObjects ? "object" : undefined } = schema;
    if (type === undefined) return "unknown";
    const types = typeof type === "string" ? [type] : type;
    return choice(types.map((each) => this.#typed(schema, each, place)));
  }

  #union(alternatives: readonly Schema[], place: Place): Code {
    const types = alternatives.map((each) => this.#typeAt(each, place));
    return types.includes("unknown") ? "unknown" : choice(types);
  }

  #wireType(name: WireType): Code {
    if (name === "bigint") return "bigint";
    return this.#words.global(name === "bytes" ? "Uint8Array" : "Date");
  }

  #typed(schema: SchemaObject, type: SchemaType, place: Place): Code {
    switch (type) {
      case "integer":
        return "number";
      case "array":
        return this.#array(schema);
      case "object":
        return this.#object(schema, place);
      default:
        return type;
    }
  }

  #object(schema: SchemaObject, { isPart }: Place): Code {
    const { patternProperties, additionalProperties = false } = schema;
    const members = objectMembers(schema, (each) => this.typeOf(each));
    // What another schema declares need not match the patterns of this one.
    const isMixed = members.length > 0 || (isPart && patternProperties !== undefined);
    const others = indexSignature(schema, isMixed, (each) => this.typeOf(each));
    const isSaid = patternProperties !== undefined || additionalProperties !== false;
    if (others !== undefined && (isSaid || !isPart)) {
      return objectType([...members, { code: others }]);
    }
    return members.length === 0 && isPart ? "unknown" : objectType(members);
  }

  #array(schema: SchemaObject): Code {
    const { items, prefixItems, additionalItems } = schema;
    const isTuple = isList(items) || prefixItems !== undefined;
    if (!isTuple) return arrayOf(this.typeOf(items ?? true));
    const places = prefixItems ?? (isList(items) ? items : []);
    const rest = (isList(items) ? additionalItems : items) ?? true;
    const { minItems = 0 } = schema;
    const elements = places.map((place, index) => {
      const type = this.typeOf(place);
      return index < minItems ? type : sequence(grouped(type), "?");
    });
    if (rest !== false) elements.push(sequence("...", arrayOf(this.typeOf(rest))));
    return list(elements);
  }
}

function isList(items: Schema | readonly Schema[] | undefined): items is readonly Schema[] {
  return Array.isArray(items);
}

function isThere(keyword: unknown): boolean {
  return keyword !== undefined;
}

/** What several types have in common; one that says nothing is left out. */
function intersection(types: readonly Code[]): Code {
  const telling = types.filter((type) => type !== "unknown");
  const [first, ...others] = telling;
  if (first === undefined) return "unknown";
  if (telling.includes("never")) return "never";
  if (others.length === 0) return first;
  return sequence(grouped(first), ...others.flatMap((type) => [" & ", grouped(type)]));
}

function arrayOf(element: Code): Code {
  return sequence(grouped(element), "[]");
}

/** In brackets where an operator would otherwise take only a part of it. */
function grouped(type: Code): Code {
  const isCompound = typeof type === "object" && ("choice" in type || isIntersection(type));
  return isCompound ? sequence("(", type, ")") : type;
}

function isIntersection(type: object): boolean {
  return "sequence" in type && Array.isArray(type.sequence) && type.sequence.includes(" & ");
}

/** A constant as a type: the only value that fits. */
function typeOfValue(value: Json): Code {
  if (typeof value !== "object" || value === null) return jsonLiteral(value);
  if (isValueList(value)) return list(value.map(typeOfValue));
  const members = Object.entries(value).map(([name, each]) => ({
    code: member(typeKey(name), typeOfValue(each)),
  }));
  return objectType(members);
}

function isValueList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
