/**
 * What a function between two releases has to leave alone: a part that both declare in the same words means the same
 * in both, so it arrives as it was sent.
 */
import type { Pointer, Schema } from "@concordat/core";
import { namesIn, pointerTo, procedureFingerprint } from "@concordat/core/internal";

import {
  elementSchemas,
  isPlainObject,
  propertySchemas,
  type Reading,
  type Selection,
} from "./reading.ts";
import { type Deviation, differenceOf, first } from "./same-value.ts";

/** A value in one release, with the schemas that look at it. */
export interface Held {
  readonly reading: Reading;
  readonly schemas: readonly Schema[];
  readonly value: unknown;
}

/** Where a value lost or changed a part on its way that both releases declare alike; `undefined` where it did not. */
export function keptFault(
  from: Held,
  to: Held,
  excepted: readonly Pointer[],
  path = "",
): Deviation | undefined {
  const isExcepted = (at: string): boolean => excepted.some((pointer) => covers(pointer, at));
  if (isExcepted(path)) return undefined;
  if (isSame(from, to)) return differenceOf(from.value, to.value, path, isExcepted);
  const before = from.reading.selections(from.schemas, from.value)[0] ?? [];
  const after = to.reading.selections(to.schemas, to.value)[0] ?? [];
  if (Array.isArray(from.value) && Array.isArray(to.value)) {
    const older: readonly unknown[] = from.value;
    const newer: readonly unknown[] = to.value;
    if (older.length > newer.length)
      return { path, what: `lost elements: ${newer.length} of ${older.length}` };
    return first(older.keys(), (at) =>
      keptFault(
        { ...from, schemas: elementSchemas(before, at), value: older[at] },
        { ...to, schemas: elementSchemas(after, at), value: newer[at] },
        excepted,
        `${path}/${at}`,
      ),
    );
  }
  const { value: older } = from;
  const { value: newer } = to;
  // Another variant is another thing: what it has in common with the first one by name need not be the same.
  if (!isPlainObject(older) || !isPlainObject(newer) || tagsOf(before) !== tagsOf(after))
    return undefined;
  return first(Object.keys(older), (name) => {
    const at = pointerTo(path, name);
    const [was, is] = [propertySchemas(before, name), propertySchemas(after, name)];
    if (was === undefined || is === undefined || isExcepted(at)) return undefined;
    const inner = { ...from, schemas: was, value: older[name] };
    const outer = { ...to, schemas: is, value: newer[name] };
    if (Object.hasOwn(newer, name)) return keptFault(inner, outer, excepted, at);
    return isSame(inner, outer) ? { path: at, what: "is lost" } : undefined;
  });
}

/** Whether a pointer, in which `*` is anything, leads to a path or to something around it. */
export function covers(pointer: Pointer, path: string): boolean {
  const [names, steps] = [namesIn(pointer), namesIn(path)];
  return (
    names.length <= steps.length &&
    names.every((name, index) => name === "*" || name === steps[index])
  );
}

const fingerprints = new WeakMap<Reading, Map<string, string>>();

function isSame(from: Held, to: Held): boolean {
  return textOf(from) === textOf(to);
}

/** Equal for schemas that say the same, whatever their definitions are called. */
function textOf({ reading, schemas }: Held): string {
  const known = fingerprints.get(reading) ?? new Map<string, string>();
  fingerprints.set(reading, known);
  const key = JSON.stringify(schemas);
  const found =
    known.get(key) ??
    procedureFingerprint(
      { kind: "unary", request: { allOf: schemas }, response: true },
      reading.definitions,
    );
  known.set(key, found);
  return found;
}

/** The constants that tell a variant from its siblings. */
function tagsOf(selection: Selection): string {
  return selection
    .flatMap(({ properties = {}, required = [] }) =>
      required.flatMap((name) => {
        const schema = Object.hasOwn(properties, name) ? properties[name] : undefined;
        if (typeof schema !== "object") return [];
        const { const: only = schema.enum?.length === 1 ? schema.enum[0] : undefined } = schema;
        return only === undefined ? [] : [`${name}=${JSON.stringify(only)}`];
      }),
    )
    .toSorted()
    .join();
}
