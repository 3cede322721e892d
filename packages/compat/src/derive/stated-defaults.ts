/** Defaults that a request states for properties which it requires, wherever one can be filled in and nothing else becomes untrue. */
import type { AdapterStep, Definitions, Json, Schema, SchemaObject } from "@concordat/core";
import { definitionPrefix, Mismatch, pointerTo, shapeOf } from "@concordat/core/internal";

import { type Alternatives, alternativesOf } from "./decidable-union.ts";

/** A message that may be sent without what stands in for it. */
export interface Relaxed {
  /** The same message, where those properties may be missing. */
  readonly schema: Schema;
  /** What fills them in; empty where nothing can be. */
  readonly steps: readonly AdapterStep[];
}

/** One place in both releases. */
interface Place {
  readonly at: string;
  readonly newer: Schema;
  /** What stands there in the older one, where that is plain to see. */
  readonly older: Schema | undefined;
  /** The definitions on the way: what contains itself is not gone into again. */
  readonly within: readonly string[];
  /** A property that tells variants apart: it is not filled in. */
  readonly tag?: string;
}

/** Keywords beside which a part can change and all of them still hold. */
const notes = ["title", "description", "examples", "deprecated", "default"];
/** Nothing that counts properties, or depends on one being absent. */
const plainObject = new Set(["type", "properties", "required", "additionalProperties", ...notes]);
/** Nothing that compares elements. */
const plainArray = new Set(["type", "items", "minItems", "maxItems", ...notes]);

/** A message in which more parts than this have to be looked at is left to whoever writes the adapter. */
const mostParts = 2_000;

/**
 * The newer request without what can be filled in for older clients: each default is valid where it stands, and the
 * older release does not always send that property.
 *
 * Whether that is enough is for the comparison to prove.
 */
export function relaxed(
  [older, olderDefinitions]: readonly [Schema, Definitions],
  [newer, newerDefinitions]: readonly [Schema, Definitions],
): Relaxed {
  const walk = new Walk(olderDefinitions, newerDefinitions);
  const found = walk.at({ at: "", newer, older, within: [] });
  return walk.isOver ? { schema: newer, steps: [] } : found;
}

class Walk {
  readonly #older: Definitions;
  readonly #newer: Definitions;
  #parts = 0;

  constructor(older: Definitions, newer: Definitions) {
    this.#older = older;
    this.#newer = newer;
  }

  get isOver(): boolean {
    return this.#parts > mostParts;
  }

  at(place: Place): Relaxed {
    this.#parts += 1;
    const { newer: schema, within } = place;
    const nothing = { schema, steps: [] };
    if (typeof schema !== "object" || this.isOver) return nothing;
    const name = referenceIn(schema);
    if (name !== undefined) {
      if (within.includes(name) || !Object.hasOwn(this.#newer, name)) return nothing;
      const inside = { ...place, newer: this.#newer[name] ?? true, within: [...within, name] };
      const found = this.at(inside);
      return found.steps.length === 0 ? nothing : found;
    }
    if (isOnly(schema, "object", plainObject)) return this.#object(schema, place);
    if (isOnly(schema, "array", plainArray)) return this.#array(schema, place);
    const alternatives = alternativesOf(schema, (each) => this.#resolved(each, this.#newer));
    return alternatives === undefined ? nothing : this.#union(schema, alternatives, place);
  }

  #object(schema: SchemaObject, place: Place): Relaxed {
    const { at } = place;
    const { properties = {}, required = [] } = schema;
    const older = this.#plainOlder(place.older, "object");
    const filled = required.flatMap((name) => {
      const value = this.#defaultOf(properties, name);
      const isSent = older?.required?.includes(name) === true;
      return value === undefined || isSent || name === place.tag ? [] : [{ name, value }];
    });
    const steps: AdapterStep[] = filled.map((each) => ({ step: "default", at, ...each }));
    const relaxedProperties = Object.entries(properties).map(([name, newer]) => {
      // A star in a pointer is every property.
      if (name === "*") return [name, newer] as const;
      const before = older?.properties ?? {};
      const inner = this.at({
        at: pointerTo(at, name),
        newer,
        older: Object.hasOwn(before, name) ? before[name] : undefined,
        within: place.within,
      });
      steps.push(...inner.steps);
      return [name, inner.schema] as const;
    });
    const names = new Set(filled.map(({ name }) => name));
    return {
      schema: {
        ...schema,
        ...(schema.properties && { properties: Object.fromEntries(relaxedProperties) }),
        ...(schema.required && { required: required.filter((name) => !names.has(name)) }),
      },
      steps,
    };
  }

  #array(schema: SchemaObject, place: Place): Relaxed {
    const { items } = schema;
    if (items === undefined || isList(items)) return { schema, steps: [] };
    const before = this.#plainOlder(place.older, "array")?.items;
    const inner = this.at({
      at: `${place.at}/*`,
      newer: items,
      older: before === undefined || isList(before) ? undefined : before,
      within: place.within,
    });
    return { schema: { ...schema, items: inner.schema }, steps: inner.steps };
  }

  #union(schema: SchemaObject, { tag, objects, others }: Alternatives, place: Place): Relaxed {
    const { at, within } = place;
    const found = objects.map(({ schema: newer, is }) => {
      const inner = { newer, older: undefined, within };
      if (tag === undefined) return this.at({ ...inner, at });
      const { schema: each, steps } = this.at({ ...inner, at: "", tag });
      const variant: AdapterStep = { step: "variant", at, tag, is: is ?? null, steps };
      return { schema: each, steps: steps.length === 0 ? [] : [variant] };
    });
    const steps = found.flatMap((each) => each.steps);
    return {
      schema: { ...schema, anyOf: [...others, ...found.map((each) => each.schema)] },
      steps,
    };
  }

  #defaultOf(properties: { readonly [name: string]: Schema }, name: string): Json | undefined {
    const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const value = typeof schema === "object" ? schema.default : undefined;
    if (schema === undefined || value === undefined) return undefined;
    try {
      shapeOf(schema, this.#newer).conform(value);
      return value;
    } catch (error) {
      if (error instanceof Mismatch) return undefined;
      throw error;
    }
  }

  /** What the older release has in a place, where it is an object or an array and nothing more. */
  #plainOlder(schema: Schema | undefined, type: "object" | "array"): SchemaObject | undefined {
    const found = schema === undefined ? undefined : this.#resolved(schema, this.#older);
    return typeof found === "object" && found.type === type ? found : undefined;
  }

  #resolved(schema: Schema, definitions: Definitions): Schema | undefined {
    const name = typeof schema === "object" ? referenceIn(schema) : undefined;
    if (name === undefined) return schema;
    return Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  }
}

/** One schema for each place. */
function isList(items: Schema | readonly Schema[]): items is readonly Schema[] {
  return Array.isArray(items);
}

/** The definition that a schema is, where it is nothing but that. */
function referenceIn(schema: SchemaObject): string | undefined {
  const { $ref } = schema;
  return $ref !== undefined && Object.keys(schema).length === 1
    ? $ref.slice(definitionPrefix.length)
    : undefined;
}

function isOnly(schema: SchemaObject, type: string, keywords: ReadonlySet<string>): boolean {
  return schema.type === type && Object.keys(schema).every((keyword) => keywords.has(keyword));
}
