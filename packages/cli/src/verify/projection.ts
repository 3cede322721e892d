/** Whether one value is what a release keeps of another: all that it declares, and nothing else. */
import type { Schema } from "@concordat/core";
import { pointerTo } from "@concordat/core/internal";

import {
  closes,
  elementSchemas,
  isPlainObject,
  propertySchemas,
  type Reading,
  type Selection,
} from "./reading.ts";
import { type Deviation, differenceOf, first } from "./same-value.ts";

/**
 * Where `found` is not the projection of `whole`, or `undefined` where it is one.
 *
 * Where alternatives overlap, what any one of them declares may be what was kept.
 */
export function projectionFault(
  reading: Reading,
  schemas: readonly Schema[],
  whole: unknown,
  found: unknown,
  path = "",
): Deviation | undefined {
  if (!Array.isArray(whole) && !isPlainObject(whole)) return differenceOf(whole, found, path);
  let deepest: Deviation | undefined;
  for (const selection of reading.selections(schemas, whole)) {
    const fault = faultIn(reading, selection, whole, found, path);
    if (fault === undefined) return undefined;
    if (deepest === undefined || fault.path.length > deepest.path.length) deepest = fault;
  }
  return deepest ?? differenceOf(whole, found, path);
}

function faultIn(
  reading: Reading,
  selection: Selection,
  whole: unknown,
  found: unknown,
  path: string,
): Deviation | undefined {
  if (Array.isArray(whole)) {
    if (!Array.isArray(found) || found.length !== whole.length)
      return differenceOf(whole, found, path);
    const elements: readonly unknown[] = found;
    return first(whole.keys(), (at) =>
      projectionFault(
        reading,
        elementSchemas(selection, at),
        whole[at],
        elements[at],
        `${path}/${at}`,
      ),
    );
  }
  if (!isPlainObject(whole) || !isPlainObject(found)) return differenceOf(whole, found, path);
  const extra = Object.keys(found).find((name) => !Object.hasOwn(whole, name));
  if (extra !== undefined) return { path: pointerTo(path, extra), what: "comes from nowhere" };
  const isClosed = closes(selection);
  return first(Object.keys(whole), (name) => {
    const at = pointerTo(path, name);
    const schemas = propertySchemas(selection, name);
    const isThere = Object.hasOwn(found, name);
    // A function that passes an optional property on writes undefined where it has none.
    if (whole[name] === undefined && !isThere) return undefined;
    if (schemas === undefined && isClosed)
      return isThere ? { path: at, what: "is not declared, and came through" } : undefined;
    if (!isThere) return { path: at, what: "is lost" };
    return projectionFault(reading, schemas ?? [], whole[name], found[name], at);
  });
}
