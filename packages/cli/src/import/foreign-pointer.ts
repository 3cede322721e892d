/** JSON pointers into a document that somebody else wrote. */
import { isObject, member } from "@concordat/core/internal";

/** The value that a pointer such as `#/definitions/Order` leads to, or undefined when it leads nowhere. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const segment of segmentsOf(pointer)) {
    if (Array.isArray(value)) value = value[Number(segment)] as unknown; // an element of JSON
    else if (isObject(value)) value = member(value, segment);
    else return undefined;
  }
  return value;
}

/** The segments of a pointer, decoded; none for `#`. */
export function segmentsOf(pointer: string): readonly string[] {
  return pointer
    .replace(/^#\/?/, "")
    .split("/")
    .filter((segment, index, all) => segment !== "" || index > 0 || all.length > 1)
    .map((segment) => decoded(segment).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a % that stands for itself
  }
}

const definitionFolders = /^#\/(?:definitions|\$defs|components\/schemas)\/([^/]+)$/;

/** The name of the definition that a pointer leads to, or undefined for a pointer to anything else. */
export function definitionNamed(pointer: string): string | undefined {
  if (!definitionFolders.test(pointer)) return undefined;
  return segmentsOf(pointer).at(-1);
}
