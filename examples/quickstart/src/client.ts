/** Places an order with the newest release of orders, and watches it until it is shipped. */
import { createClient, UpgradeRequiredError } from "@concordat/client";
import { WebSocket } from "ws";

import { orders } from "./generated/orders/client.ts";

const client = createClient({
  url: process.env["ORDERS_URL"] ?? "ws://localhost:7000",
  contracts: { orders },
  WebSocket, // browsers, and Node from 22 on, have their own
});
client.on("upgradeRequired", ({ message, upgradeUrl }) => console.error(message, upgradeUrl));

try {
  const order = await client.orders.place(
    { sku: "A-1", quantity: 2, currency: "EUR" },
    { timeoutMs: 2_000 },
  );
  console.log(`${order.id}: ${order.total.amount / 100} ${order.total.currency}`);
  for await (const { status } of client.orders.watch({ order: order.id })) console.log(status);
} catch (error) {
  if (!(error instanceof UpgradeRequiredError)) throw error;
  process.exitCode = 1; // the listener above has said why
} finally {
  await client.close();
}
