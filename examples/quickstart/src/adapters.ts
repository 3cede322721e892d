/** What stands between the releases of orders. `concordat verify` reads it too, so it starts nothing. */
import { defineAdapter } from "@concordat/server";

import type { Procedures as Orders1 } from "./generated/orders/releases/1.0.0/types.ts";
import type { Procedures as Orders2 } from "./generated/orders/releases/2.0.0/types.ts";

/** 1.0.0 knew one currency, and amounts as numbers. */
export const from1to2 = defineAdapter<Orders1, Orders2>({
  from: "1.0.0",
  to: "2.0.0",
  procedures: {
    place: {
      request: (older) => ({ ...older, currency: "EUR" }),
      response: (newer) => ({ ...newer, total: newer.total.amount / 100 }),
    },
  },
});
