/** Which properties a message declares, and which of them were gone for a while in its history. */
import type { Definitions, Schema, SchemaObject } from "@concordat/core";
import { definitionPrefix } from "@concordat/core/internal";

/**
 * Every property that a schema declares, as pointers in which `*` is any element or other name. Variants that a
 * constant tells apart are told apart; a type that holds itself is entered once.
 */
export function declaredPaths(schema: Schema, definitions: Definitions): ReadonlySet<string> {
  const paths = new Set<string>();
  visit(schema, "", []);
  return paths;

  function visit(each: Schema | undefined, at: string, trail: readonly string[]): void {
    if (typeof each !== "object") return;
    const name = each.$ref?.slice(definitionPrefix.length);
    if (name !== undefined && !trail.includes(name) && Object.hasOwn(definitions, name))
      visit(definitions[name], at, [...trail, name]);
    for (const [property, inner] of Object.entries(each.properties ?? {})) {
      paths.add(`${at}/${property}`);
      visit(inner, `${at}/${property}`, trail);
    }
    for (const inner of othersIn(each)) visit(inner, `${at}/*`, trail);
    for (const inner of [...(each.allOf ?? []), each.then, each.else]) visit(inner, at, trail);
    for (const inner of [...(each.anyOf ?? []), ...(each.oneOf ?? [])])
      visit(inner, at + tagsOf(inner, definitions), trail);
  }
}

/**
 * Which of some releases, given by what each declares and in the order in which a value passes them, have to project
 * it: without that, a property that one of them does not have would come through to a later one, which has another
 * of the same name.
 */
export function whereToProject(declared: readonly ReadonlySet<string>[]): ReadonlySet<number> {
  const places = new Set<number>();
  const lastSeen = new Map<string, number>();
  for (const [index, paths] of declared.entries()) {
    for (const path of paths) {
      const last = lastSeen.get(path) ?? index;
      for (let gone = last + 1; gone < index; gone += 1) places.add(gone);
      lastSeen.set(path, index);
    }
  }
  return places;
}

function othersIn(schema: SchemaObject): readonly (Schema | undefined)[] {
  const {
    items,
    prefixItems = [],
    additionalItems,
    additionalProperties,
    patternProperties,
  } = schema;
  return [
    ...(isList(items) ? items : [items]),
    ...prefixItems,
    additionalItems,
    additionalProperties,
    ...Object.values(patternProperties ?? {}),
  ];
}

function isList(items: SchemaObject["items"]): items is readonly Schema[] {
  return Array.isArray(items);
}

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
