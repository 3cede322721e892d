/** The contract of the workloads, as an application would write it: everything is checked on both sides. */
import { Bytes, defineContract, serverStream, unary } from "@concordat/core";
import { Type } from "typebox";

const Small = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  active: Type.Boolean(),
  score: Type.Number(),
  role: Type.Union([Type.Literal("admin"), Type.Literal("member"), Type.Literal("guest")]),
});

const Order = Type.Object({
  id: Type.String(),
  customer: Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() }),
  status: Type.Union([Type.Literal("placed"), Type.Literal("packed"), Type.Literal("shipped")]),
  currency: Type.String({ minLength: 3, maxLength: 3 }),
  placedAt: Type.String(),
  express: Type.Boolean(),
  note: Type.Optional(Type.String({ maxLength: 500 })),
  lines: Type.Array(
    Type.Object({
      sku: Type.String(),
      title: Type.String(),
      quantity: Type.Integer({ minimum: 1 }),
      unitPrice: Type.Integer({ minimum: 0 }),
      taxRate: Type.Number({ minimum: 0, maximum: 1 }),
    }),
  ),
  total: Type.Integer({ minimum: 0 }),
});

const Records = Type.Object({
  records: Type.Array(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      city: Type.String(),
      value: Type.Number(),
      active: Type.Boolean(),
      tags: Type.Array(Type.String()),
    }),
  ),
});

const Blob = Type.Object({ data: Bytes() });

export const bench = defineContract("bench", {
  small: unary({ request: Small, response: Small }),
  order: unary({ request: Order, response: Order }),
  records: unary({ request: Records, response: Records }),
  blob: unary({ request: Blob, response: Blob }),
  stream: serverStream({
    request: Type.Object({ count: Type.Integer({ minimum: 0 }) }),
    response: Small,
  }),
});
