/** A workload that every peer is given. */
import { behind, contender } from "../contender.mjs";
import { rowsOf } from "../result/row.mjs";
import { messageBytes } from "./message.mjs";
import { inRounds } from "./rounds.mjs";

/**
 * @param {import("../workload.mjs").Workload} workload
 * @param {import("./measure.mjs").How} how
 */
export async function peersMeasured(workload, { peers, rounds, progress }) {
  const contenders = await Promise.all(peers.map(contender));
  if (workload.kind === "connect")
    contenders.push(behind("behind", "**Concordat**, one release behind", 1));
  const turns = await inRounds(workload, contenders, { rounds, progress });
  const rows = rowsOf(contenders, turns);
  if (workload.kind !== "wire") return rows;
  const bytes = await messageBytes(workload.value);
  return rows.map((row) => ({ ...row, message: bytes[row.name] }));
}
