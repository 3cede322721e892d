/** Which properties a message declares, and which of them were gone for a while in its history. */
import type { Definitions, Schema, SchemaObject } from "@concordat/core";
import { definitionPrefix } from "@concordat/core/internal";

import { DeclaredPath } from "./declared-path.ts";

/** All that a message declares, by the text of its path. */
export type DeclaredPaths = ReadonlyMap<string, DeclaredPath>;

/** Definitions that hold each other have more paths than anybody could look at. */
const mostPaths = 300;

/**
 * Every property that a schema declares; `undefined` where those are too many. Variants that a constant tells apart are
 * told apart. A type that holds itself is entered once.
 */
export function declaredPaths(schema: Schema, definitions: Definitions): DeclaredPaths | undefined {
  const paths = new Map<string, DeclaredPath>();
  visit(schema, [], []);
  return paths.size > mostPaths ? undefined : paths;

  function declare(segments: readonly string[]): void {
    const path = new DeclaredPath(segments);
    paths.set(path.text, path);
  }

  function visit(each: Schema | undefined, at: readonly string[], trail: readonly string[]): void {
    if (each === undefined || each === false || paths.size > mostPaths) return;
    if (each === true || isFree(each)) return declare([...at, "**"]);
    const name = each.$ref?.slice(definitionPrefix.length);
    if (name !== undefined && trail.includes(name)) declare([...at, `**${name}`]);
    else if (name !== undefined && Object.hasOwn(definitions, name))
      visit(definitions[name], at, [...trail, name]);
    for (const [property, inner] of Object.entries(each.properties ?? {})) {
      declare([...at, `/${property}`]);
      visit(inner, [...at, `/${property}`], trail);
    }
    for (const inner of othersIn(each)) {
      declare([...at, "*"]);
      visit(inner, [...at, "*"], trail);
    }
    for (const inner of elementsIn(each)) visit(inner, [...at, "[]"], trail);
    for (const inner of [...(each.allOf ?? []), each.then, each.else]) visit(inner, at, trail);
    for (const inner of [...(each.anyOf ?? []), ...(each.oneOf ?? [])])
      visit(inner, [...at, ...tagsOf(inner, definitions)], trail);
  }
}

/**
 * Which of some releases, given by what each declares and in the order in which a value passes them, have to project
 * it: without that, a property that one of them does not have would come through to a later one, which has another
 * of the same name.
 */
export function whereToProject(
  releases: readonly (DeclaredPaths | undefined)[],
): ReadonlySet<number> {
  const places = new Set<number>();
  const declared = releases.filter((paths) => paths !== undefined);
  // Where nobody knows what one of them declares, each of them might be the one that lacks something.
  if (declared.length < releases.length) return new Set(releases.keys());
  const spans = spansOf(declared);
  const alike = new Map<string, Span[]>();
  for (const span of spans) {
    const { bare } = span.path;
    alike.set(bare, [...(alike.get(bare) ?? []), span]);
  }
  const open = spans.filter(({ path }) => path.isOpen);
  for (const span of spans) {
    const others = span.path.isOpen ? spans : [...(alike.get(span.path.bare) ?? []), ...open];
    for (const other of others) lookBetween(span, other);
  }
  return places;

  /** From the first release that has the one to the last that has the other. */
  function lookBetween({ path, first }: Span, { path: other, last }: Span): void {
    for (let between = first + 1; between < last; between += 1) {
      const there = declared[between];
      if (there === undefined || places.has(between)) continue;
      if ([path, other].some((each) => !each.isVague && there.has(each.text))) continue;
      const both = path.overlap(other);
      if (both === undefined) return;
      if (![...there.values()].some((each) => each.covers(both))) places.add(between);
    }
  }
}

/** A path, and the first and the last release that has it. */
interface Span {
  readonly path: DeclaredPath;
  readonly first: number;
  last: number;
}

function spansOf(declared: readonly DeclaredPaths[]): readonly Span[] {
  const spans = new Map<string, Span>();
  for (const [index, paths] of declared.entries()) {
    for (const [text, path] of paths) {
      const known = spans.get(text);
      if (known === undefined) spans.set(text, { path, first: index, last: index });
      else known.last = index;
    }
  }
  return [...spans.values()];
}

const shaping: readonly (keyof SchemaObject)[] = [
  "$ref",
  "const",
  "enum",
  "anyOf",
  "oneOf",
  "allOf",
  "if",
  "properties",
  "patternProperties",
  "additionalProperties",
  "items",
  "prefixItems",
];

/** Whether objects, or elements, are let through whatever they hold. */
function isFree(schema: SchemaObject): boolean {
  if (shaping.some((keyword) => schema[keyword] !== undefined)) return false;
  const { type } = schema;
  return type === undefined || [type].flat().some((each) => each === "object" || each === "array");
}

function othersIn({
  additionalProperties,
  patternProperties,
}: SchemaObject): readonly (Schema | undefined)[] {
  return [additionalProperties, ...Object.values(patternProperties ?? {})].filter(
    (inner) => inner !== undefined && inner !== false,
  );
}

function elementsIn({
  items,
  prefixItems = [],
  additionalItems,
}: SchemaObject): readonly (Schema | undefined)[] {
  return [...(isList(items) ? items : [items]), ...prefixItems, additionalItems];
}

function isList(items: SchemaObject["items"]): items is readonly Schema[] {
  return Array.isArray(items);
}

function tagsOf(variant: Schema, definitions: Definitions): readonly string[] {
  if (typeof variant !== "object") return [];
  const name = variant.$ref?.slice(definitionPrefix.length);
  if (name !== undefined) {
    const target = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    return typeof target === "object" && target.$ref === undefined
      ? tagsOf(target, definitions)
      : [];
  }
  const { properties = {}, required = [] } = variant;
  return required
    .map((tag) => [tag, Object.hasOwn(properties, tag) ? properties[tag] : undefined] as const)
    .flatMap(([tag, schema]) =>
      typeof schema === "object" && schema.const !== undefined
        ? [`<${tag}=${JSON.stringify(schema.const)}>`]
        : [],
    );
}
