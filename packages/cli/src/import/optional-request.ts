/** Requests that a protocol lets callers leave out. */
import { definitionPrefix, isObject } from "@concordat/core/internal";

import { UnusableInput } from "../project/unusable-input.ts";
import type { ImportNotes } from "./import-notes.ts";

/** Keywords by which an object may demand something without saying "required". */
const demands = ["allOf", "anyOf", "oneOf", "not", "if", "const", "enum", "minProperties"];

/**
 * A request that an empty object satisfies, standing for one that was left out.
 *
 * It stays as it is where nothing in it is required; otherwise its members become optional, and a note says so.
 *
 * @throws UnusableInput when it is not an object, so that nothing could stand for its absence.
 */
export function optionalRequest(
  schema: unknown,
  definitions: ReadonlyMap<string, unknown>,
  notes: ImportNotes,
  place: string,
): unknown {
  const target = followed(schema, definitions);
  if (target === true) return schema;
  if (
    !isObject(target) ||
    (target["type"] ?? "object") !== "object" ||
    demands.some((keyword) => target[keyword] !== undefined)
  ) {
    throw new UnusableInput(
      `${place} is optional, but not one plain object: nothing can stand for its absence. Map an object, or make the request required.`,
    );
  }
  const { required, ...rest } = target;
  if (!Array.isArray(required) || required.length === 0) return schema;
  const note = `made ${required.join(", ")} optional, because the request may be left out`;
  notes.add("note", note, place);
  return rest;
}

function followed(schema: unknown, definitions: ReadonlyMap<string, unknown>): unknown {
  let target = schema;
  // As many steps as there are definitions: more would go in circles.
  for (let left = definitions.size; left >= 0; left -= 1) {
    const reference: unknown = isObject(target) ? target["$ref"] : undefined;
    if (typeof reference !== "string") return target;
    target = definitions.get(reference.slice(definitionPrefix.length));
  }
  return undefined;
}
