/** What a message can hold before the first step is done, as far as its schema leaves no doubt. */
import { isText } from "../schema/keyword.ts";
import {
  definitionPrefix,
  type Definitions,
  type Schema,
  type SchemaObject,
} from "../schema/schema.ts";

/** Keywords of an object from which only declared properties are kept. */
const ofObjects: ReadonlySet<string> = new Set([
  "type",
  "properties",
  "required",
  "minProperties",
  "maxProperties",
  "propertyNames",
]);
/** Keywords of a list whose elements are all alike. */
const ofLists: ReadonlySet<string> = new Set([
  "type",
  "items",
  "minItems",
  "maxItems",
  "uniqueItems",
]);

/**
 * An object whose declared properties are the only ones, or a list of such.
 *
 * Steps that speak of other names find nothing there: a long chain of renames comes down to the names at its ends.
 */
export class DeclaredPlace {
  readonly #schema: SchemaObject;
  readonly #definitions: Definitions;

  private constructor(schema: SchemaObject, definitions: Definitions) {
    this.#schema = schema;
    this.#definitions = definitions;
  }

  /** The place that a schema describes; `undefined` where more may be there than it says. */
  static of(schema: Schema | undefined, definitions: Definitions): DeclaredPlace | undefined {
    const found = resolved(schema, definitions);
    if (found === undefined) return undefined;
    const { type, properties, items } = found;
    const isObject = type === "object" && properties !== undefined && speaksOf(found, ofObjects);
    const isList = type === "array" && items !== undefined && speaksOf(found, ofLists);
    return isObject || isList ? new DeclaredPlace(found, definitions) : undefined;
  }

  /** Whether an object there may have a property of that name. */
  mayHave(name: string): boolean {
    const { properties = {}, required = [] } = this.#schema;
    return Object.hasOwn(properties, name) || required.includes(name);
  }

  /** All properties that an object there may have, in the order in which it has them. */
  get names(): readonly string[] {
    const { properties = {}, required = [] } = this.#schema;
    return [...new Set([...Object.keys(properties), ...required])].toSorted();
  }

  /** What a property holds; in a list, each element. */
  at(name: string): DeclaredPlace | undefined {
    const { type, properties = {}, items } = this.#schema;
    if (type === "object")
      return Object.hasOwn(properties, name)
        ? DeclaredPlace.of(properties[name], this.#definitions)
        : undefined;
    return !isTuple(items) ? DeclaredPlace.of(items, this.#definitions) : undefined;
  }
}

/** Behind references that stand alone. One that leads in a circle describes nothing. */
function resolved(schema: Schema | undefined, definitions: Definitions): SchemaObject | undefined {
  const seen = new Set<unknown>();
  let found = schema;
  while (typeof found === "object" && found.$ref !== undefined) {
    if (seen.has(found) || !speaksOf(found, onlyReference)) return undefined;
    seen.add(found);
    const name = found.$ref.slice(definitionPrefix.length);
    found = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  }
  return typeof found === "object" ? found : undefined;
}

const onlyReference: ReadonlySet<string> = new Set(["$ref"]);

function speaksOf(schema: SchemaObject, keywords: ReadonlySet<string>): boolean {
  return Object.keys(schema).every((keyword) => keywords.has(keyword) || isText(keyword));
}

function isTuple(items: SchemaObject["items"]): items is readonly Schema[] {
  return Array.isArray(items);
}
