/** What a reference in a foreign document means, as a pointer into that document. */
import { isObject, member } from "@concordat/core/internal";

import { UnusableInput } from "../project/unusable-input.ts";
import { valueAt } from "./foreign-pointer.ts";

/**
 * The pointer that a `$ref` stands for.
 *
 * @throws UnusableInput when it leaves the document or leads nowhere.
 */
export function referenceTarget(document: unknown, reference: unknown, place: string): string {
  if (typeof reference !== "string") throw new UnusableInput(`${place}: $ref is not a text.`);
  const pointer = pointerIn(document, reference);
  if (pointer !== undefined && valueAt(document, pointer) !== undefined) return pointer;
  const what = pointer === undefined ? "leaves the document" : "leads nowhere";
  const remedy =
    pointer === undefined
      ? "Put all schemas into one file first (a bundler for JSON Schema does that)"
      : "Correct it, or add what is missing";
  throw new UnusableInput(`${place}: $ref ${JSON.stringify(reference)} ${what}. ${remedy}.`);
}

function pointerIn(document: unknown, reference: string): string | undefined {
  if (reference === "#" || reference.startsWith("#/")) return reference;
  const id = isObject(document) ? (member(document, "$id") ?? member(document, "id")) : undefined;
  if (typeof id === "string" && id !== "" && reference.startsWith(`${id.replace(/#$/, "")}#`)) {
    return reference.slice(reference.indexOf("#"));
  }
  return definitionFor(document, reference);
}

/** Some generators refer to a definition by its bare name, its `$id` or its `$anchor`. */
function definitionFor(document: unknown, reference: string): string | undefined {
  for (const folder of ["$defs", "definitions"]) {
    const definitions = isObject(document) ? member(document, folder) : undefined;
    for (const [name, body] of Object.entries(isObject(definitions) ? definitions : {})) {
      const known = isObject(body) ? [body["$id"], body["id"], `#${String(body["$anchor"])}`] : [];
      if (name === reference || known.includes(reference)) {
        return `#/${folder}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      }
    }
  }
  return undefined;
}
