/** The TypeScript type of the values that a schema lets through. */
import type { Json, Schema, SchemaObject, SchemaType, WireType } from "@concordat/core";
import { definitionPrefix } from "@concordat/core/internal";

import { choice, type Code, list, member, objectType, sequence } from "./code.ts";
import { jsonLiteral, typeKey } from "./literal.ts";
import { indexSignature, objectMembers } from "./type-of-object.ts";

/** How a type names what is not part of the schema itself. */
export interface Vocabulary {
  /** The type of a definition. */
  definition(name: string): Code;
  /** A type that is there without an import, like `Date`. */
  global(name: string): Code;
}

/** Turns schemas into types. */
export class TypeWriter {
  readonly #words: Vocabulary;

  constructor(words: Vocabulary) {
    this.#words = words;
  }

  /** The type of one schema. Where types cannot say what a keyword says, the type is the wider one. */
  typeOf(schema: Schema): Code {
    return this.#typeOf(schema, false);
  }

  #typeOf(schema: Schema, isPart: boolean): Code {
    if (typeof schema === "boolean") return schema ? "unknown" : "never";
    return intersection(this.#partsOf(schema, isPart));
  }

  /** A part of an intersection does not say that an object may hold more: the other parts say what. */
  #partsOf(schema: SchemaObject, isPart: boolean): Code[] {
    const { $ref, anyOf, oneOf, allOf = [], not } = schema;
    const others = [$ref, anyOf, oneOf, schema.allOf];
    const isOpen = !isPart && others.every((keyword) => keyword === undefined);
    const wireType = schema["x-concordat"];
    const values = schema.const === undefined ? schema.enum : [schema.const];
    const parts: Code[] = allOf.map((each) => this.#typeOf(each, true));
    if ($ref !== undefined) parts.push(this.#words.definition($ref.slice(definitionPrefix.length)));
    if (wireType !== undefined) parts.push(this.#wireType(wireType));
    else if (values !== undefined) parts.push(choice(values.map(typeOfValue)));
    else if (schema.type !== undefined) parts.push(this.#typed(schema, schema.type, isOpen));
    for (const alternatives of [anyOf, oneOf]) {
      if (alternatives !== undefined) parts.push(this.#union(alternatives));
    }
    if (not === true || (typeof not === "object" && Object.keys(not).length === 0)) {
      parts.push("never");
    }
    return parts;
  }

  #union(alternatives: readonly Schema[]): Code {
    const types = alternatives.map((each) => this.typeOf(each));
    return types.includes("unknown") ? "unknown" : choice(types);
  }

  #wireType(name: WireType): Code {
    if (name === "bigint") return "bigint";
    return this.#words.global(name === "bytes" ? "Uint8Array" : "Date");
  }

  #typed(schema: SchemaObject, type: SchemaType | readonly SchemaType[], isOpen: boolean): Code {
    const types = typeof type === "string" ? [type] : type;
    return choice(types.map((each) => this.#typedOne(schema, each, isOpen)));
  }

  #typedOne(schema: SchemaObject, type: SchemaType, isOpen: boolean): Code {
    switch (type) {
      case "integer":
        return "number";
      case "array":
        return this.#array(schema);
      case "object":
        return this.#object(schema, isOpen);
      default:
        return type;
    }
  }

  #object(schema: SchemaObject, isOpen: boolean): Code {
    const members = objectMembers(schema, (each) => this.typeOf(each));
    const others = indexSignature(schema, members.length > 0, (each) => this.typeOf(each));
    if (isOpen && others !== undefined) return objectType([...members, { code: others }]);
    return members.length === 0 && !isOpen ? "unknown" : objectType(members);
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
