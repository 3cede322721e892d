/** One peer's server, in a process of its own: `node server.mjs PEER PORT`. Answers `usage` with what it has cost so far. */
import { peerCalled } from "./peer.mjs";

const [name = "", port = "0"] = process.argv.slice(2);
const peer = await peerCalled(name);
await peer.serve(Number(port));

process.on("message", (asked) => {
  if (asked === "collect") globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send?.({
    micros: user + system,
    rss: process.memoryUsage.rss(),
    heap: process.memoryUsage().heapUsed,
  });
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
