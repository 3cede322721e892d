/** Closures that write and read alternatives. */
import type { ReadValue, WriteValue } from "../message-codec.ts";
import type { Node, UnionNode } from "../node/node.ts";
import { endVariant, readVariant } from "../read/compound.ts";
import { isNull, Variants } from "../variants.ts";
import { writeVariant } from "../write/compound.ts";

/** The index of the alternative, and its value. */
export function unionWriter(node: UnionNode, inner: (node: Node) => WriteValue): WriteValue {
  const variants = variantsOf(node);
  const writers = node.alternatives.map(inner);
  return (to, value) => {
    const index = writeVariant(to, value, variants);
    if (index !== isNull) writers[index]?.(to, value);
  };
}

/** The same back. */
export function unionReader(node: UnionNode, inner: (node: Node) => ReadValue): ReadValue {
  const variants = variantsOf(node);
  const readers = node.alternatives.map(inner);
  return (from) => {
    const index = readVariant(from, variants);
    if (index === isNull) return null;
    const value = readers[index]?.(from);
    return variants.size > 1 ? endVariant(from, value) : value;
  };
}

function variantsOf({ telling }: UnionNode): Variants {
  if (telling === undefined)
    throw new TypeError("The alternatives of a union were not told apart.");
  return new Variants(telling);
}
