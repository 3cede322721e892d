/** A contract with as many procedures as somebody asks for, each with messages of its own. */
import { unary } from "@concordat/core";
import { Type } from "typebox";
import { bench } from "../contract.mjs";

/** `small` as in the contract of the workloads, and as many others as make up the number. */
export function procedures(count) {
  const others = Array.from({ length: count - 1 }, (_, index) => [`other${index + 1}`, other()]);
  return { small: bench.tree.small, ...Object.fromEntries(others) };
}

function other() {
  return unary({
    request: Type.Object({
      id: Type.String(),
      filter: Type.Optional(Type.Object({ text: Type.String(), limit: Type.Integer() })),
      order: Type.Union([Type.Literal("newest"), Type.Literal("oldest")]),
    }),
    response: Type.Object({
      total: Type.Integer(),
      rows: Type.Array(
        Type.Object({ id: Type.String(), title: Type.String(), score: Type.Number() }),
      ),
      next: Type.Optional(Type.String()),
    }),
    errors: { not_found: Type.Object({ id: Type.String() }) },
  });
}
