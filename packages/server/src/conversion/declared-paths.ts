/** Which properties a message declares, and which of them were gone for a while in its history. */
import type { Definitions, Schema, SchemaObject } from "@concordat/core";
import { definitionPrefix } from "@concordat/core/internal";

/** By the path of each property that a message declares: the same without what tells variants and elements apart. */
export type DeclaredPaths = ReadonlyMap<string, string>;

/** Definitions that hold each other have more paths than anybody could look at. */
const mostPaths = 300;

/** Where a schema stands: with what tells variants and elements apart, and without. */
interface Place {
  readonly text: string;
  readonly bare: string;
}

/**
 * Every property that a schema declares. `undefined` where that cannot be said by a list: names that anybody may choose,
 * values of any shape, definitions that hold themselves, objects that nothing tells apart, and more paths than are worth
 * a look.
 */
export function declaredPaths(schema: Schema, definitions: Definitions): DeclaredPaths | undefined {
  const paths = new Map<string, string>();
  let isKnown = true;
  visit(schema, { text: "", bare: "" }, []);
  return isKnown ? paths : undefined;

  /** Returns whether objects may stand there. */
  function visit(each: Schema | undefined, at: Place, trail: readonly string[]): boolean {
    if (each === undefined || each === false || !isKnown) return false;
    if (each === true || isOpen(each) || paths.size > mostPaths) return (isKnown = false);
    const name = each.$ref?.slice(definitionPrefix.length);
    if (name !== undefined && trail.includes(name)) return (isKnown = false);
    let isObject = each.properties !== undefined;
    if (name !== undefined && Object.hasOwn(definitions, name))
      isObject = visit(definitions[name], at, [...trail, name]) || isObject;
    for (const [property, inner] of Object.entries(each.properties ?? {})) {
      const place = inside(at, `/${JSON.stringify(property)}`); // quoted, it reads like nothing else
      paths.set(place.text, place.bare);
      visit(inner, place, trail);
    }
    for (const [index, inner] of elementsOf(each))
      visit(inner, { text: `${at.text}/[${index}]`, bare: `${at.bare}/[]` }, trail);
    for (const inner of each.allOf ?? []) isObject = visit(inner, at, trail) || isObject;
    const told = new Set<string>();
    for (const inner of [...(each.anyOf ?? []), ...(each.oneOf ?? [])]) {
      const tags = tagsOf(inner, definitions);
      if (!visit(inner, { text: at.text + tags, bare: at.bare }, trail)) continue;
      isObject = true;
      if (told.has(tags)) isKnown = false;
      told.add(tags);
    }
    return isObject;
  }
}

/**
 * Which of some releases, given by what each declares and in the order in which a value passes them, have to project
 * it: without that, a property that one of them does not have would come through to a later one, which has another
 * of the same name. All of them, where one cannot say what it declares.
 */
export function whereToProject(
  releases: readonly (DeclaredPaths | undefined)[],
): ReadonlySet<number> {
  const declared = releases.filter((paths) => paths !== undefined);
  if (declared.length < releases.length) return new Set(releases.keys());
  const lastWith = new Map(
    declared.flatMap((paths, index) => [...paths.values()].map((bare) => [bare, index] as const)),
  );
  const before = new Map<string, string>();
  const places = new Set<number>();
  for (const [index, here] of declared.entries()) {
    for (const [text, bare] of before)
      if (!here.has(text) && (lastWith.get(bare) ?? 0) > index) places.add(index);
    for (const [text, bare] of here) before.set(text, bare);
  }
  return places;
}

function inside({ text, bare }: Place, segment: string): Place {
  return { text: text + segment, bare: bare + segment };
}

/** What says which objects or elements there may be; without any of it they may be whatever they like. */
const shaping: readonly (keyof SchemaObject)[] = [
  "$ref",
  "const",
  "enum",
  "anyOf",
  "oneOf",
  "allOf",
  "properties",
  "items",
  "prefixItems",
];

/** What looks at all that a value holds, and not only at what is declared. */
const seeingAll: readonly (keyof SchemaObject)[] = [
  "patternProperties",
  "propertyNames",
  "minProperties",
  "maxProperties",
  "uniqueItems",
  "contains",
  "not",
  "if",
];

/** Whether names are let through that are no properties here, or count, or elements whatever they hold. */
function isOpen(schema: SchemaObject): boolean {
  const { type, additionalProperties = false } = schema;
  if (additionalProperties !== false) return true;
  if (seeingAll.some((keyword) => schema[keyword] !== undefined)) return true;
  const constants = [schema.const, ...(schema.enum ?? [])];
  if (constants.some((each) => typeof each === "object" && each !== null)) return true;
  if (asksForMore(schema)) return true;
  if (shaping.some((keyword) => schema[keyword] !== undefined)) return false;
  return type === undefined || [type].flat().some((each) => each === "object" || each === "array");
}

/** Whether a property may be needed of which nothing is said, which is kept as it is, or may ask for another one. */
function asksForMore({
  properties = {},
  required = [],
  dependentRequired = {},
}: SchemaObject): boolean {
  const named = [...required, ...Object.entries(dependentRequired).flat(2)];
  return named.some((name) => !Object.hasOwn(properties, name));
}

/** What stands in an array, each by its index, or for all that follow. */
function* elementsOf({
  items,
  prefixItems,
  additionalItems,
}: SchemaObject): Generator<readonly [string, Schema | undefined]> {
  const first = prefixItems ?? (isList(items) ? items : undefined);
  const rest = isList(items) ? additionalItems : items;
  for (const [index, inner] of (first ?? []).entries()) yield [`${index}`, inner];
  yield ["", first === undefined ? rest : (rest ?? true)];
}

function isList(items: SchemaObject["items"]): items is readonly Schema[] {
  return Array.isArray(items);
}

/** By which constants objects of a variant are told from others in the same place. */
function tagsOf(variant: Schema, definitions: Definitions): string {
  if (typeof variant !== "object") return "";
  const name = variant.$ref?.slice(definitionPrefix.length);
  if (name !== undefined) {
    const target = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    return typeof target === "object" && target.$ref === undefined
      ? tagsOf(target, definitions)
      : "";
  }
  const { properties = {}, required = [] } = variant;
  return required
    .map((tag) => [tag, Object.hasOwn(properties, tag) ? properties[tag] : undefined] as const)
    .flatMap(([tag, schema]) =>
      typeof schema === "object" && schema.const !== undefined
        ? [`<${tag}=${JSON.stringify(schema.const)}>`]
        : [],
    )
    .join("");
}
