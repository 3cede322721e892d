/** Finds out which values of the wire two documents speak of. */
import type { Space } from "./node.ts";
import { wireKindOf } from "./read-type.ts";

/** Adds the kinds of value that JSON does not have, where a document mentions them. */
export function markWireKinds(space: Space, ...documents: readonly unknown[]): void {
  const seen = new Set<unknown>(documents);
  // A set is walked in the order in which it grows.
  for (const part of seen) {
    if (typeof part !== "object" || part === null) continue;
    const kind = wireKindOf(part);
    if (kind !== undefined) space.kinds.add(kind);
    for (const inner of Object.values(part)) if (typeof inner === "object") seen.add(inner);
  }
}
