/** One peer's server, in a process of its own: `node server.mjs PEER PORT`. Answers `usage` with what it has cost so far. */
import { peerCalled } from "./peer.mjs";

const [name = "", port = "0"] = process.argv.slice(2);
const peer = await peerCalled(name);
await peer.serve(Number(port));

let most = 0;
/** @type {NodeJS.Timeout | undefined} */
let watch;

process.on("message", (asked) => {
  if (asked === "collect") globalThis.gc?.();
  // A peak is only looked for where somebody asked, so that nothing else is measured.
  if (asked === "watch") {
    most = 0;
    watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  } else clearInterval(watch);
  const { user, system } = process.cpuUsage();
  process.send?.({
    micros: user + system,
    rss: process.memoryUsage.rss(),
    most,
    heap: process.memoryUsage().heapUsed,
  });
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
