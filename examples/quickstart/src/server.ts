/** Serves the newest release of orders, and through one small adapter the one before it. */
import { ConcordatError, createServer, implement } from "@concordat/server";

import { from1to2 } from "./adapters.ts";
import { orders } from "./generated/orders/server.ts";

/** Clients below this are refused; none are until you say so. */
const floor = process.env["FLOOR"] ?? "1.0.0";

let placed = 0;

export const server = createServer({
  services: [
    implement(orders, {
      floor,
      adapters: [from1to2],
      handlers: {
        place({ sku, quantity, currency }) {
          if (sku === "A-0") {
            const detail = { name: "out_of_stock", value: { sku } };
            throw new ConcordatError("failed_precondition", `${sku} is sold out.`, { detail });
          }
          placed += 1;
          const total = { amount: quantity * 1_250, currency };
          return { id: `order-${placed}`, sku, quantity, total };
        },
        async *watch({ order }) {
          for (const status of ["placed", "packed", "shipped"] as const) yield { order, status };
        },
      },
    }),
  ],
});

export const port = await server.listen(Number(process.env["PORT"] ?? 7000));
console.log(`orders on ws://localhost:${port}`);
