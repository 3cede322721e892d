/** Messages that lie just beyond a boundary which a schema names, at one place each. */
import type { Schema, SchemaObject } from "@concordat/core";

import { elementSchemas, isPlainObject, propertySchemas, type Reading } from "./reading.ts";

/** With more boundaries than this in a message, the others are left to chance. */
const most = 60;

/** Every variant of a message that breaks one boundary and nothing else is known to break. */
export function beyond(reading: Reading, schema: Schema, value: unknown): readonly unknown[] {
  const all = [...variants(reading, [schema], value)].slice(0, most);
  return all.filter((each) => !reading.isValid(schema, each));
}

function* variants(reading: Reading, schemas: readonly Schema[], value: unknown): Generator {
  const [selection = []] = reading.selections(schemas, value);
  for (const schema of selection) yield* valuesBeyond(schema, value);
  if (Array.isArray(value)) {
    const elements: readonly unknown[] = value;
    for (const [at, element] of elements.entries()) {
      for (const other of variants(reading, elementSchemas(selection, at), element))
        yield elements.with(at, other);
    }
  } else if (isPlainObject(value)) {
    for (const [name, member] of Object.entries(value)) {
      for (const other of variants(reading, propertySchemas(selection, name) ?? [], member))
        yield { ...value, [name]: other };
    }
  }
}

function* valuesBeyond(schema: SchemaObject, value: unknown): Generator {
  if (typeof value === "number") {
    const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema;
    const grain = multipleOf ?? 1;
    if (minimum !== undefined) yield minimum - grain;
    if (maximum !== undefined) yield maximum + grain;
    if (exclusiveMinimum !== undefined) yield exclusiveMinimum;
    if (exclusiveMaximum !== undefined) yield exclusiveMaximum;
    if (multipleOf !== undefined) yield value + multipleOf / 2;
  } else if (typeof value === "string") {
    const { minLength, maxLength } = schema;
    if (minLength !== undefined && minLength > 0)
      yield Array.from(value)
        .slice(0, minLength - 1)
        .join("");
    if (maxLength !== undefined && maxLength < 10_000) yield value.padEnd(maxLength + 1, "x");
  } else if (Array.isArray(value)) {
    const elements: readonly unknown[] = value;
    const { minItems, maxItems, uniqueItems } = schema;
    if (minItems !== undefined && minItems > 0) yield elements.slice(0, minItems - 1);
    const [first] = elements;
    if (maxItems !== undefined && maxItems < 1_000 && elements.length > 0)
      yield Array.from({ length: maxItems + 1 }, (_, at) => elements[at] ?? first);
    if (uniqueItems === true && elements.length > 1) yield [...elements.slice(1), elements[1]];
  } else if (isPlainObject(value)) {
    for (const name of schema.required ?? [])
      yield Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
  }
}
