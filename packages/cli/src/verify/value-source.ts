/** Values that a sender of a schema may send: its boundaries first, then any. */
import { compareSchemas } from "@concordat/compat";
import type { Schema, SchemaObject } from "@concordat/core";

import type { Chance } from "./chance.ts";
import { type Lean, numberFor, textFor, wireValueFor } from "./leaf-values.ts";
import type { Reading } from "./reading.ts";

/** So much deeper than anybody asks for, what is left is the smallest that there is: most alternatives may hold each other. */
const mostBelow = -1;

/** The longest bound of a list that is reached, and how deep inside it no longer is. */
const mostElements = 100;
const innermost = 3;

/** How many values are made before a schema is given up, and its smallest value taken instead. */
const attempts = 40;

const types = ["null", "boolean", "integer", "string", "array", "object"] as const;

/** Makes values for the schemas of one release. */
export class ValueSource {
  readonly #reading: Reading;
  readonly #chance: Chance;
  /** Alternatives take turns, so that none is forgotten. */
  readonly #turns = new Map<object, number>();
  readonly #smallest = new Map<Schema, { readonly value: unknown } | undefined>();

  constructor(reading: Reading, chance: Chance) {
    this.#reading = reading;
    this.#chance = chance;
  }

  /** A value that may be sent, or `undefined` where none was found. */
  next(schema: Schema, lean: Lean = "any"): { readonly value: unknown } | undefined {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const value = this.#draw([schema], attempt < 4 ? lean : "any", 6);
      if (this.#reading.isSendable(schema, value)) return { value };
    }
    return this.#smallestOf(schema);
  }

  #draw(schemas: readonly Schema[], lean: Lean, depth: number): unknown {
    if (depth < mostBelow) return this.#leastOf(schemas);
    const whole = this.#flat(schemas, 0);
    if (whole === undefined) return this.#anything(depth);
    if (whole.const !== undefined) return whole.const;
    if (whole.enum !== undefined) return this.#turn(whole.enum);
    if (whole["x-concordat"] !== undefined)
      return wireValueFor(whole["x-concordat"], lean, this.#chance);
    const { type = guessedType(whole) } = whole;
    switch (typeof type === "string" ? type : this.#turn(type ?? types)) {
      case "null":
        return null;
      case "boolean":
        return this.#chance.is(0.5);
      case "integer":
      case "number":
        return numberFor(whole, lean, this.#chance);
      case "string":
        return this.#text(whole, lean);
      case "array":
        return this.#array(whole, lean, depth);
      default:
        return this.#object(whole, lean, depth);
    }
  }

  #text(schema: SchemaObject, lean: Lean): string {
    const text = textFor(schema, lean, this.#chance);
    const { pattern } = schema;
    if (pattern === undefined || new RegExp(pattern, "u").test(text)) return text;
    const found = this.#smallestOf(schema)?.value;
    return typeof found === "string" ? found : text;
  }

  #array(schema: SchemaObject, lean: Lean, depth: number): readonly unknown[] {
    const {
      items,
      prefixItems,
      additionalItems,
      contains,
      minItems = 0,
      maxItems = minItems + 3,
    } = schema;
    const isTuple = Array.isArray(items);
    const places: readonly Schema[] = isTuple ? items : (prefixItems ?? []);
    const rest = (isTuple ? additionalItems : items) as Schema | undefined; // a tuple was told apart above
    const most = Math.min(maxItems, minItems + 3);
    const isBounded =
      schema.maxItems !== undefined && maxItems <= mostElements && depth > innermost;
    const length =
      lean === "least" || depth <= 0
        ? Math.max(minItems, contains === undefined ? 0 : 1)
        : lean === "most"
          ? Math.max(isBounded ? maxItems : most, Math.min(places.length, maxItems))
          : minItems + this.#chance.below(most - minItems + 1);
    return Array.from({ length }, (_, index) => {
      const own = places[index] ?? rest ?? true;
      const also = contains !== undefined && index < (schema.minContains ?? 1) ? [contains] : [];
      // A long list of large elements would be no message any more.
      return this.#draw([own, ...also], index < most ? lean : "least", depth - 1);
    });
  }

  #object(schema: SchemaObject, lean: Lean, depth: number): object {
    const { properties = {}, required = [], additionalProperties, patternProperties = {} } = schema;
    const often =
      lean === "least" || depth <= 0 ? 0 : lean === "most" ? 1 : this.#chance.of([0.2, 0.6, 0.9]);
    const entries: [string, unknown][] = [];
    for (const [name, inner] of Object.entries(properties)) {
      if (required.includes(name) || this.#chance.is(often))
        entries.push([name, this.#draw([inner], lean, depth - 1)]);
    }
    for (const name of required)
      if (!Object.hasOwn(properties, name)) entries.push([name, this.#anything(depth - 1)]);
    const more = schema.minProperties ?? (depth <= 0 ? 0 : Math.round(often * 2));
    const open = additionalProperties ?? Object.values(patternProperties)[0];
    if (open !== undefined && open !== false) {
      const names = this.#namesFor(schema, more);
      for (const name of names)
        if (!Object.hasOwn(properties, name))
          entries.push([name, this.#draw([open], lean, depth - 1)]);
    }
    return Object.fromEntries(entries);
  }

  #namesFor(
    { patternProperties = {}, propertyNames }: SchemaObject,
    count: number,
  ): readonly string[] {
    const [pattern] = Object.keys(patternProperties);
    const schema: Schema = propertyNames ?? (pattern === undefined ? {} : { pattern });
    if (typeof schema === "boolean") return [];
    const candidates = ["k", "key-2", "K3"].map((text, index) =>
      schema.pattern === undefined || new RegExp(schema.pattern, "u").test(text)
        ? text
        : index === 0
          ? this.#text({ ...schema, type: "string" }, "any")
          : "",
    );
    return candidates.filter((text) => text !== "").slice(0, count);
  }

  /** Several schemas as one, with one alternative taken wherever there is a choice. */
  #flat(schemas: readonly Schema[], depth: number): SchemaObject | undefined {
    let whole: SchemaObject | undefined;
    for (const schema of schemas) {
      if (typeof schema === "boolean" || depth > 12) continue;
      const { $ref, allOf = [], anyOf, oneOf, if: test, then: yes, else: no, ...own } = schema;
      const parts: Schema[] = [...allOf];
      if ($ref !== undefined) parts.push(this.#reading.definition($ref));
      for (const options of [anyOf, oneOf])
        if (options !== undefined) parts.push(options.length === 0 ? false : this.#turn(options));
      if (test !== undefined)
        parts.push(...(this.#chance.is(0.5) ? [test, yes ?? true] : [no ?? true]));
      const inner = this.#flat(parts, depth + 1);
      const both = inner === undefined ? own : joined(own, inner);
      whole = whole === undefined ? both : joined(whole, both);
    }
    return whole;
  }

  #turn<Choice>(choices: readonly Choice[]): Choice {
    const turn = this.#turns.get(choices) ?? 0;
    this.#turns.set(choices, turn + 1);
    return choices[turn % choices.length] as Choice; // of no type or value at all none is sendable
  }

  #anything(depth: number): unknown {
    const simple = [null, true, 0, -1.5, "", "text"];
    if (depth <= 0 || this.#chance.is(0.7)) return this.#chance.of(simple);
    return this.#chance.is(0.5) ? [this.#anything(0)] : { inside: this.#anything(0) };
  }

  /** The smallest value of several schemas at once; nothing that fits where there is none. */
  #leastOf(schemas: readonly Schema[]): unknown {
    const [only = true, ...others] = schemas;
    return this.#smallestOf(others.length === 0 ? only : { allOf: schemas })?.value ?? null;
  }

  /** The compatibility engine's answer to "what may a sender send that nobody accepts": the smallest value there is. */
  #smallestOf(schema: Schema): { readonly value: unknown } | undefined {
    if (this.#smallest.has(schema)) return this.#smallest.get(schema);
    const { definitions } = this.#reading;
    const whole: object = typeof schema === "object" ? { ...schema, definitions } : {};
    // Definitions beside a schema are what its local references lead to.
    const { changes } = compareSchemas(whole, false, "request");
    const shown = changes.find((change) => "witness" in change);
    const found = shown === undefined ? undefined : { value: shown.witness };
    this.#smallest.set(schema, found);
    return found;
  }
}

function guessedType({
  properties,
  required,
  additionalProperties,
  patternProperties,
  items,
  prefixItems,
}: SchemaObject): "object" | "array" | undefined {
  if (properties ?? required ?? additionalProperties ?? patternProperties) return "object";
  return items === undefined && prefixItems === undefined ? undefined : "array";
}

/** Both schemas at once, as far as their keywords can be put together. */
function joined(left: SchemaObject, right: SchemaObject): SchemaObject {
  const properties = { ...left.properties };
  for (const [name, schema] of Object.entries(right.properties ?? {})) {
    const other = Object.hasOwn(properties, name) ? properties[name] : undefined;
    properties[name] = other === undefined ? schema : { allOf: [other, schema] };
  }
  const required = [...new Set([...(left.required ?? []), ...(right.required ?? [])])];
  return {
    ...left,
    ...right,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}
