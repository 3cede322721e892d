/** Definitions that are described by nothing but themselves: they say nothing of any value. */
import { definitionPrefix, type Schema } from "../schema/schema.ts";

/** The names of the definitions that lead back to themselves without an object or an array in between. */
export function circularDefinitions(definitions: ReadonlyMap<string, Schema>): readonly string[] {
  const left = new Map([...definitions].map(([name, schema]) => [name, namedInPlace(schema)]));
  // What names nothing that is left leads to an end, and so does what names only that.
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [name, names] of [...left].toReversed())
      if (!names.some((other) => left.has(other))) left.delete(name);
  }
  return [...left.keys()].filter((name) => leadsTo(name, left));
}

function leadsTo(name: string, names: ReadonlyMap<string, readonly string[]>): boolean {
  // A set is walked in the order in which it grows.
  const reached = new Set(names.get(name));
  for (const each of reached) for (const next of names.get(each) ?? []) reached.add(next);
  return reached.has(name);
}

/** The definitions that look at the same value as a schema does. */
function namedInPlace(schema: Schema): readonly string[] {
  const names: string[] = [];
  const open: Schema[] = [schema];
  for (const each of open) {
    if (typeof each !== "object") continue;
    const { $ref, allOf = [], anyOf = [], oneOf = [] } = each;
    if ($ref !== undefined) names.push($ref.slice(definitionPrefix.length));
    open.push(...allOf, ...anyOf, ...oneOf);
  }
  return names;
}
