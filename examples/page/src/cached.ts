/** A page that comes out of a cache: it reloads itself once, is too old again, and says so instead of looping. */
import { createClient } from "@concordat/client/lean";
import { onUpgradeRequired, type UpgradeNeed } from "@concordat/client/upgrade";

import { show } from "./element.ts";
import { orders } from "./generated/orders-1/client.ts";

const client = createClient({ url: `ws://${location.host}/rpc`, contracts: { orders } });
client.on("state", (state) => show("state", state));
onUpgradeRequired(client, {
  build: "orders-1.0.0", // in your page: a commit, put in by the bundler
  mayReload: () => true, // nothing can be typed in here
  show: showBanner,
});

client.connect().catch(() => undefined); // `onUpgradeRequired` hears of it

function showBanner({ reason, error, reload }: UpgradeNeed): void {
  show("banner-title", "This page is too old");
  show("banner-text", `${error?.message ?? ""} (${reason})`);
  const link = document.getElementById("banner-link");
  link?.setAttribute("href", error?.upgradeUrl ?? "/");
  document.getElementById("banner")?.removeAttribute("hidden");
  const button = document.getElementById("reload");
  button?.addEventListener("click", reload);
  button?.removeAttribute("hidden");
}
