/** A contract that was released many times: `order` changed each time, `same` and `small` never did. */
import { unary } from "@concordat/core";
import { Type } from "typebox";
import { bench } from "../contract.mjs";

/** How many releases the newest one has behind it. */
export const releasesBehind = 20;

/** The procedures of each release, oldest first: every one gives the order one more optional property. */
export function lineage() {
  const { small, order } = bench.tree;
  return Array.from({ length: releasesBehind + 1 }, (_, age) => {
    const added = Array.from({ length: age }, (__, index) => [
      `added${index + 1}`,
      Type.Optional(Type.String()),
    ]);
    const Grown = Type.Object({ ...order.request.properties, ...Object.fromEntries(added) });
    return { small, same: order, order: unary({ request: Grown, response: Grown }) };
  });
}

/** The number of a release of the lineage, counted back from the newest. */
export function releaseBehind(count) {
  return `1.${releasesBehind - count}.0`;
}
