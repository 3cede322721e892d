/** The load of one peer, in a process of its own: `node client.mjs PEER PORT`. Runs one turn of a workload for each message. */
import { peerCalled } from "./peer.mjs";
import { connectOnce, holdIdle, runCalls, runSlowly, runStream } from "./turn.mjs";

const [name = "", port = "0"] = process.argv.slice(2);
const peer = await peerCalled(name);
const open = () => peer.connect(Number(port));
/** @type {Map<number, import("./peer.mjs").Connection[]>} */
const pools = new Map();

process.on("message", async (asked) => {
  const { workload, ms } = asked;
  try {
    if (asked === "rss") {
      globalThis.gc?.();
      process.send?.({ rss: process.memoryUsage.rss() });
      return;
    }
    process.send?.(await turn(workload, ms));
  } catch (error) {
    process.send?.({ failed: String(error?.stack ?? error) });
  }
});
process.on("disconnect", () => process.exit());
process.send?.("ready");

/** @param {import("./workload.mjs").Workload} workload @param {number} ms */
async function turn(workload, ms) {
  switch (workload.kind) {
    case "calls":
      return runCalls(await pool(workload.connections), workload, ms);
    case "stream":
      return runStream(await pool(1), ms);
    case "slow":
      return runSlowly([await open()], ms);
    case "connect":
      return connectOnce(open, ms);
    case "idle":
      return holdIdle(open, workload.connections);
  }
}

async function pool(size) {
  const known = pools.get(size);
  if (known !== undefined) return known;
  const made = await Promise.all(Array.from({ length: size }, open));
  pools.set(size, made);
  return made;
}
