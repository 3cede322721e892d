/** The first walk over whole documents: how deep they are, and which values of the wire they speak of. */
import type { Space } from "./node.ts";
import { wireKindOf } from "./read-type.ts";

/** Documents nested deeper than this are not compared: every part of the engine walks them by recursion. */
const deepestNesting = 1_000;

/** More parts than a document of a few hundred megabytes has; a program's objects may share parts without end. */
const mostParts = 20_000_000;

/**
 * Adds the kinds of value that JSON does not have, where a document mentions them.
 *
 * Throws a RangeError when a document is nested too deeply, or contains itself.
 */
export function survey(space: Space, ...documents: readonly unknown[]): void {
  let parts = 0;
  const visit = (part: unknown, depth: number): void => {
    if (typeof part !== "object" || part === null) return;
    parts += 1;
    if (depth > deepestNesting || parts > mostParts) {
      throw new RangeError(
        `the document is nested deeper than ${deepestNesting} levels, or too large`,
      );
    }
    const kind = wireKindOf(part);
    if (kind !== undefined) space.kinds.add(kind);
    for (const inner of Object.values(part)) visit(inner, depth + 1);
  };
  for (const document of documents) visit(document, 0);
}
