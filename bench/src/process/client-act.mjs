/** What a client's process does: one turn of a workload for each message. */
import { median } from "../result/spread.mjs";
import { itemsPerStream, valueOf } from "../values.mjs";
import { MemoryWatch } from "./memory-watch.mjs";
import { connectOnce, holdIdle, runCalls, runSlowly, runStream } from "./turn.mjs";

/**
 * @param {import("../peer.mjs").Peer} peer
 * @param {number} port
 * @param {import("../peer.mjs").Setting} setting
 */
export async function actAsClient(peer, port, setting) {
  await peer.prepare?.(setting); // what is loaded is nothing that a connection costs
  const open = () => peer.connect(port, setting);
  const pools = new Pools(open);
  const memory = new MemoryWatch();
  process.on("message", async ({ workload, ms }) => {
    try {
      if (workload.isMemory) globalThis.gc?.();
      const before = process.memoryUsage.rss();
      if (workload.isMemory) memory.start();
      const { times = [], ...result } = await turn(workload, ms);
      memory.stop();
      process.send?.({ ...result, p50: median(times), grown: memory.most - before });
    } catch (error) {
      process.send?.({ failed: String(error?.stack ?? error) });
    }
  });
  process.on("disconnect", () => process.exit());
  process.send?.("ready");

  async function turn(workload, ms) {
    const value = valueOf(workload);
    switch (workload.kind) {
      case "stream":
        return runStream(await pools.of(1), itemsPerStream, ms);
      case "slow":
        return runSlowly(await open(), itemsPerStream, ms);
      case "connect":
        return connectOnce(open, workload, value, ms);
      case "idle":
        return holdIdle(open, workload.connections);
      default:
        return runCalls(await pools.of(workload.connections), workload, value, ms);
    }
  }
}

/** Connections that stay open from turn to turn. */
class Pools {
  /** @type {Map<number, Promise<import("../peer.mjs").Connection[]>>} */
  #known = new Map();
  #open;

  constructor(open) {
    this.#open = open;
  }

  of(size) {
    const known = this.#known.get(size) ?? Promise.all(Array.from({ length: size }, this.#open));
    this.#known.set(size, known);
    return known;
  }
}
