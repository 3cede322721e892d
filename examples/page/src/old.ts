/** A page that was loaded long ago: its client speaks a release that is not served any more, and says so once. */
import { UpgradeRequiredError } from "@concordat/client";
import { createClient } from "@concordat/client/lean";

import { show } from "./element.ts";
import { orders } from "./generated/orders-1/client.ts";

const client = createClient({ url: `ws://${location.host}/rpc`, contracts: { orders } });
client.on("state", (state) => show("state", state));
client.on("upgradeRequired", showBanner);

try {
  await client.orders.place({ sku: "A-1", quantity: 2 });
} catch (error) {
  if (!(error instanceof UpgradeRequiredError)) show("problem", String(error));
}

function showBanner({ mustMove, release, supported, upgradeUrl }: UpgradeRequiredError): void {
  const range = supported.newest === undefined ? "" : ` The server speaks ${supported.newest}.`;
  show("banner-title", mustMove === "server" ? "The server is too old" : "This page is too old");
  show(
    "banner-text",
    `It speaks orders ${release}.${range} Nothing that you entered is lost until you leave.`,
  );
  const link = document.getElementById("banner-link");
  if (upgradeUrl === undefined) link?.remove();
  else link?.setAttribute("href", upgradeUrl);
  document.getElementById("banner")?.removeAttribute("hidden");
}
