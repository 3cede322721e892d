/** A client that was built when orders was at 1.0.0, and has not been updated since. */
import { createClient, UpgradeRequiredError } from "@concordat/client";
import { WebSocket } from "ws";

import { upgradeBanner } from "./upgrade-banner.ts";
import { orders } from "./generated/orders-1/client.ts";

const client = createClient({
  url: process.env["ORDERS_URL"] ?? "ws://localhost:7000",
  contracts: { orders },
  WebSocket,
});

client.on("upgradeRequired", (error) => console.error(upgradeBanner(error)));

try {
  const order = await client.orders.place({ sku: "A-1", quantity: 2 });
  console.log(`${order.id}: ${order.total}`);
} catch (error) {
  if (!(error instanceof UpgradeRequiredError)) throw error;
  process.exitCode = 1;
} finally {
  await client.close();
}
