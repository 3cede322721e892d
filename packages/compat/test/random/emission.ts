/**
 * A second, independent reading of "what a sender may emit", for tests only.
 *
 * A value is emitted when TypeBox finds it valid and every property in it is declared by the schemas that look
 * at its object together. Where those declare nothing at all, the object has no shape and stays open; what a
 * condition says of its properties does not change that.
 */
import { Check, type XSchema } from "typebox/schema";
import { definition, type Raw, type RawObject } from "./schema.ts";

/** Whether TypeBox finds a value valid, with the definitions of the document at hand. */
export function isValid(document: Raw, schema: Raw, value: unknown): boolean {
  const definitions = typeof document === "boolean" ? undefined : document.definitions;
  const whole = typeof schema === "boolean" ? schema : { definitions, ...schema };
  // The subset that TypeBox reads.
  return Check(whole as XSchema, value);
}

/** Whether a sender of the document may emit a value. */
export function isEmitted(document: Raw, value: unknown): boolean {
  return isValid(document, document, value) && isDeclared(document, [document], value);
}

function isDeclared(document: Raw, schemas: readonly Raw[], value: unknown): boolean {
  return selections(document, schemas, value, 0).some((selection) =>
    fits(document, selection, value),
  );
}

/** A schema that looks at a value, and whether it does so for a condition. */
interface Selected {
  readonly schema: RawObject;
  readonly isShown: boolean;
}

function fits(document: Raw, selection: readonly Selected[], value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.every((element, index) =>
      isDeclared(
        document,
        selection.flatMap(({ schema }) => elementOf(schema, index)),
        element,
      ),
    );
  }
  if (typeof value !== "object" || value === null) return true;
  const isClosed = selection.some(
    ({ schema, isShown }) =>
      !isShown &&
      ["properties", "patternProperties", "additionalProperties"].some(
        (keyword) => keyword in schema,
      ),
  );
  return Object.entries(value).every(([name, part]) => {
    const found = selection
      .filter(({ isShown }) => isClosed || !isShown)
      .map(({ schema }) => propertyOf(schema, name));
    const isKnown = found.some(({ isNamed }) => isNamed);
    if (isClosed && !isKnown) return false;
    return isDeclared(
      document,
      found.flatMap(({ schemas }) => schemas),
      part,
    );
  });
}

function elementOf(schema: RawObject, index: number): Raw[] {
  const { items, prefixItems, additionalItems } = schema;
  const prefix = Array.isArray(items) ? items : (prefixItems ?? []);
  const rest = Array.isArray(items) ? additionalItems : items;
  const found = index < prefix.length ? prefix[index] : rest;
  return found === undefined ? [] : [found];
}

function propertyOf(schema: RawObject, name: string): { schemas: Raw[]; isNamed: boolean } {
  const { properties = {}, patternProperties = {}, additionalProperties } = schema;
  const demanded = Object.values(schema.dependentRequired ?? {}).flat();
  const named = [...(schema.required ?? []), ...demanded];
  const own = properties[name];
  const schemas = [
    ...(Object.hasOwn(properties, name) && own !== undefined ? [own] : []),
    ...Object.entries(patternProperties).flatMap(([pattern, inner]) =>
      new RegExp(pattern, "u").test(name) ? [inner] : [],
    ),
  ];
  if (schemas.length > 0) return { schemas, isNamed: true };
  if (additionalProperties !== undefined) return { schemas: [additionalProperties], isNamed: true };
  return { schemas: [], isNamed: named.includes(name) };
}

/** All ways to say which schemas look at a value in place, among those that find it valid. */
function selections(
  document: Raw,
  schemas: readonly Raw[],
  value: unknown,
  depth: number,
): Selected[][] {
  if (depth > 12) return [];
  let all: Selected[][] = [[]];
  for (const schema of schemas) {
    if (typeof schema === "boolean") continue;
    let own: Selected[][] = [[{ schema, isShown: false }]];
    const inner = (others: readonly Raw[]): Selected[][] =>
      selections(document, others, value, depth + 1);
    const and = (more: Selected[][]): void => {
      own = own.flatMap((left) => more.map((right) => [...left, ...right])).slice(0, 64);
    };
    const { $ref, allOf, anyOf, oneOf } = schema;
    if ($ref !== undefined) and(inner([definition(document, $ref)]));
    if (allOf !== undefined) and(inner(allOf));
    for (const list of [anyOf, oneOf]) {
      if (list === undefined) continue;
      and(
        list
          .filter((option) => isValid(document, option, value))
          .flatMap((option) => inner([option])),
      );
    }
    if (schema.if !== undefined) {
      const holds = isValid(document, schema.if, value);
      const branch = holds ? schema.then : schema.else;
      const found = inner([
        ...(holds ? [schema.if] : []),
        ...(branch === undefined ? [] : [branch]),
      ]);
      and(found.map((each) => each.map((one) => ({ ...one, isShown: true }))));
    }
    all = all.flatMap((left) => own.map((right) => [...left, ...right])).slice(0, 64);
  }
  return all;
}
