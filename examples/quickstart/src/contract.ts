/** The orders contract, written once. `concordat release` freezes it. */
import { defineContract, serverStream, unary } from "@concordat/core";
import { Type } from "typebox";

const Money = Type.Object({ amount: Type.Integer(), currency: Type.String() }, { $id: "Money" });
const Order = Type.Object(
  { id: Type.String(), sku: Type.String(), quantity: Type.Integer(), total: Money },
  { $id: "Order" },
);
const Status = Type.Object(
  { order: Type.String(), status: Type.Enum(["placed", "packed", "shipped"]) },
  { $id: "Status" },
);

export const orders = defineContract("orders", {
  place: unary({
    doc: "Places an order.",
    request: Type.Object({
      sku: Type.String(),
      quantity: Type.Integer({ minimum: 1 }),
      currency: Type.String(),
    }),
    response: Order,
    errors: { out_of_stock: Type.Object({ sku: Type.String() }) },
  }),
  watch: serverStream({
    doc: "Says how an order gets on, until it is shipped.",
    request: Type.Object({ order: Type.String() }),
    response: Status,
  }),
});
