/** Closures that write arrays. */
import type { WriteValue } from "../message-codec.ts";
import type { ListNode, Node, TupleNode } from "../node/node.ts";
import { within } from "../within.ts";
import { endWrite, beginList } from "../write/compound.ts";
import { writeNever } from "../write/scalar.ts";
import { countCheck } from "./rule-check.ts";

type Inner = (node: Node) => WriteValue;

/** Elements of one kind. */
export function listWriter({ element, rules }: ListNode, inner: Inner): WriteValue {
  return arrayWriter([], inner(element), countCheck(rules));
}

/** One kind for each place, and one for all that follow. */
export function tupleWriter({ places, rest, rules }: TupleNode, inner: Inner): WriteValue {
  return arrayWriter(places.map(inner), rest && inner(rest), countCheck(rules));
}

function arrayWriter(
  places: readonly WriteValue[],
  rest: WriteValue = writeNever,
  counted: (length: number) => number,
): WriteValue {
  return (to, value) => {
    const items = beginList(to, value);
    const count = counted(items.length);
    let at = 0;
    try {
      for (; at < count; at += 1) (places[at] ?? rest)(to, items[at]);
    } catch (error) {
      throw within(error, at);
    }
    endWrite(to);
  };
}
