/** What a server's process answers: what it has cost so far. */
import { MemoryWatch } from "./memory-watch.mjs";
import { itemsMade } from "../values.mjs";

/**
 * @param {import("../peer.mjs").Peer} peer
 * @param {number} port
 * @param {import("../peer.mjs").Setting} setting
 */
export async function actAsServer(peer, port, setting) {
  await peer.serve(port, setting);
  const memory = new MemoryWatch();
  process.on("message", (asked) => {
    if (asked === "collect") globalThis.gc?.();
    if (asked === "watch") memory.start();
    else memory.stop();
    const { user, system } = process.cpuUsage();
    process.send?.({
      micros: user + system,
      rss: process.memoryUsage.rss(),
      most: memory.most,
      made: itemsMade(),
    });
  });
  process.on("disconnect", () => process.exit());
  process.send?.("ready");
}
