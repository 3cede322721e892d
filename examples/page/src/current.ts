/** A page whose client speaks the newest release: it calls, and it streams. */
import { createClient } from "@concordat/client/lean";

import { addLine, show } from "./element.ts";
import { orders } from "./generated/orders/client.ts";

const client = createClient({ url: `ws://${location.host}/rpc`, contracts: { orders } });
client.on("state", (state) => {
  show("state", state);
  show("release", client.releases.get("orders") ?? "…");
});

document.getElementById("place")?.addEventListener("click", () => void place());

async function place(): Promise<void> {
  try {
    const { id, total } = await client.orders.place({ sku: "A-1", quantity: 2, currency: "EUR" });
    show("order", `${id}: ${total.amount / 100} ${total.currency}`);
    for await (const { status } of client.orders.watch({ order: id })) addLine("statuses", status);
  } catch (error) {
    show("problem", String(error));
  }
}
