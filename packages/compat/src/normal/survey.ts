/** The first walk over a whole document: how deep it is, which values of the wire it speaks of, and what it refers to. */
import { wireKindOf } from "./read-type.ts";
import { isRecord, type Kind } from "./value.ts";

/** Documents nested deeper than this are not compared: every part of the engine walks them by recursion. */
const deepestNesting = 1_000;

/** More parts than a document of a few hundred megabytes has; a program's objects may share parts without end. */
const mostParts = 20_000_000;

/** What a walk over a document found. */
export interface Survey {
  /** The kinds of value that it mentions and JSON does not have. */
  readonly kinds: ReadonlySet<Kind>;
  /** Whatever stands at a `$ref`, as a text. */
  readonly references: ReadonlySet<string>;
  /** Whether it is JSON: equal texts mean equal documents. */
  readonly isJson: boolean;
}

/** Walks a document. Throws a RangeError when it is nested too deeply, or contains itself. */
export function survey(document: unknown): Survey {
  const kinds = new Set<Kind>();
  const references = new Set<string>();
  let isJson = true;
  let parts = 0;
  const visit = (part: unknown, depth: number): void => {
    if (typeof part === "string" || typeof part === "boolean" || part === null) return;
    if (typeof part !== "object") {
      isJson &&= Number.isFinite(part);
      return;
    }
    parts += 1;
    if (depth > deepestNesting || parts > mostParts) {
      throw new RangeError(
        `the document is nested deeper than ${deepestNesting} levels, or too large`,
      );
    }
    if (Array.isArray(part)) {
      for (const inner of part) visit(inner, depth + 1);
      return;
    }
    const kind = wireKindOf(part);
    if (kind !== undefined) kinds.add(kind);
    isJson &&= isRecord(part);
    const inner = part as Readonly<Record<string, unknown>>; // read by its own keys only
    for (const name of Object.keys(inner)) {
      const value = inner[name];
      if (name === "$ref" && typeof value === "string") references.add(value);
      visit(value, depth + 1);
    }
  };
  visit(document, 0);
  return { kinds, references, isJson };
}
