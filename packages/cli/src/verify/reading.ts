/**
 * What the messages of one release are, read a second time: which values are valid, and which of their properties
 * are declared.
 *
 * Shares no code with the shapes that client and server check and project with, because those are what it judges.
 */
import type { Definitions, Schema, SchemaObject } from "@concordat/core";
import { definitionPrefix } from "@concordat/core/internal";
import { createValidator, type Validator } from "@concordat/compat";

/** The schemas that look at one object or array in place, without what only combines others. */
export type Selection = readonly SchemaObject[];

/** Choices beyond this are not followed: an author who nests that many alternatives gets a milder check. */
const mostSelections = 64;

const closing = ["properties", "patternProperties", "additionalProperties"] as const;

/** One release, read. */
export class Reading {
  readonly definitions: Definitions;
  readonly isValid: Validator;

  constructor(definitions: Definitions) {
    this.definitions = definitions;
    this.isValid = createValidator(definitions);
  }

  /** Whether a sender of this release may send a value: it is valid, and nothing undeclared is in it. */
  isSendable(schema: Schema, value: unknown): boolean {
    return this.isValid(schema, value) && this.#isDeclared([schema], value);
  }

  /** All ways to say which schemas look at a value in place, among those that find it valid. */
  selections(schemas: readonly Schema[], value: unknown, depth = 0): readonly Selection[] {
    if (depth > 16) return [];
    let all: Selection[] = [[]];
    for (const schema of schemas) {
      if (typeof schema === "boolean") continue;
      const own = this.#selectionsOf(schema, value, depth);
      all = all.flatMap((left) => own.map((right) => [...left, ...right])).slice(0, mostSelections);
    }
    return all;
  }

  #selectionsOf(schema: SchemaObject, value: unknown, depth: number): readonly Selection[] {
    let own: Selection[] = [[schema]];
    const and = (more: readonly Selection[]): void => {
      own = own
        .flatMap((left) => more.map((right) => [...left, ...right]))
        .slice(0, mostSelections);
    };
    const inner = (others: readonly Schema[]): readonly Selection[] =>
      this.selections(others, value, depth + 1);
    const { $ref, allOf, anyOf, oneOf, if: test, then: yes = true, else: no = true } = schema;
    if ($ref !== undefined) and(inner([this.definition($ref)]));
    if (allOf !== undefined) and(inner(allOf));
    for (const options of [anyOf, oneOf]) {
      if (options === undefined) continue;
      and(options.filter((each) => this.isValid(each, value)).flatMap((each) => inner([each])));
    }
    if (test !== undefined) and(inner(this.isValid(test, value) ? [test, yes] : [no]));
    return own;
  }

  /** What a reference leads to; everything where it leads nowhere. */
  definition(reference: string): Schema {
    const name = reference.slice(definitionPrefix.length);
    return Object.hasOwn(this.definitions, name) ? (this.definitions[name] ?? true) : true;
  }

  #isDeclared(schemas: readonly Schema[], value: unknown): boolean {
    if (!Array.isArray(value) && !isPlainObject(value)) return true;
    return this.selections(schemas, value).some((selection) => {
      if (Array.isArray(value)) {
        const elements: readonly unknown[] = value;
        return elements.every((each, at) => this.#isDeclared(elementSchemas(selection, at), each));
      }
      const isClosed = closes(selection);
      return Object.entries(value).every(([name, member]) => {
        const found = propertySchemas(selection, name);
        return found === undefined ? !isClosed : this.#isDeclared(found, member);
      });
    });
  }
}

/** Whether schemas say what an object holds, so that anything else in it is undeclared. */
export function closes(selection: Selection): boolean {
  return selection.some((schema) => closing.some((keyword) => Object.hasOwn(schema, keyword)));
}

/** What schemas say of the element at an index. */
export function elementSchemas(selection: Selection, index: number): readonly Schema[] {
  return selection.flatMap(({ items, prefixItems, additionalItems }) => {
    const isTuple = isList(items);
    const places = isTuple ? items : (prefixItems ?? []);
    const found = index < places.length ? places[index] : isTuple ? additionalItems : items;
    return found === undefined || isList(found) ? [] : [found];
  });
}

/** What schemas say of a property; `undefined` where none declares it. */
export function propertySchemas(selection: Selection, name: string): readonly Schema[] | undefined {
  const found: Schema[] = [];
  let isNamed = false;
  for (const schema of selection) {
    const { properties = {}, patternProperties = {}, additionalProperties, required = [] } = schema;
    const own = [
      ...(Object.hasOwn(properties, name) ? [properties[name] ?? true] : []),
      ...Object.entries(patternProperties)
        .filter(([pattern]) => new RegExp(pattern, "u").test(name))
        .map(([, inner]) => inner),
    ];
    if (own.length === 0 && additionalProperties !== undefined) own.push(additionalProperties);
    found.push(...own);
    isNamed ||= own.length > 0 || required.includes(name);
  }
  return isNamed ? found : undefined;
}

/** Whether a value is an object of JSON: no array, and none of the wire's own values. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Uint8Array) &&
    !(value instanceof Date)
  );
}

function isList(items: SchemaObject["items"]): items is readonly Schema[] {
  return Array.isArray(items);
}
