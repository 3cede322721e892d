/** Closures that read arrays. */
import type { ReadValue } from "../message-codec.ts";
import type { ListNode, Node, TupleNode } from "../node/node.ts";
import { endRead, readList } from "../read/compound.ts";
import { readNever } from "../read/scalar.ts";
import { within } from "../within.ts";
import { countCheck } from "./rule-check.ts";

type Inner = (node: Node) => ReadValue;

/** Elements of one kind. */
export function listReader({ element, rules }: ListNode, inner: Inner): ReadValue {
  return arrayReader([], inner(element), countCheck(rules));
}

/** One kind for each place, and one for all that follow. */
export function tupleReader({ places, rest, rules }: TupleNode, inner: Inner): ReadValue {
  return arrayReader(places.map(inner), rest && inner(rest), countCheck(rules));
}

function arrayReader(
  places: readonly ReadValue[],
  rest: ReadValue = readNever,
  counted: (length: number) => number,
): ReadValue {
  return (from) => {
    const count = counted(readList(from));
    const items: unknown[] = [];
    let at = 0;
    try {
      for (; at < count; at += 1) items.push((places[at] ?? rest)(from));
    } catch (error) {
      throw within(error, at);
    }
    endRead(from);
    return items;
  };
}
