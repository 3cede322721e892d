/** Cost as work grows: each point is measured like a workload of its own. */
import { contender } from "../contender.mjs";
import { rowsOf } from "../result/row.mjs";
import { inRounds } from "./rounds.mjs";

/**
 * @param {import("../workload.mjs").Workload} workload
 * @param {import("./measure.mjs").How} how
 */
export async function curveMeasured({ points = [], ...workload }, { rounds, progress }) {
  const rows = [];
  for (const { x, label, contenders, differs } of points) {
    const taking = await Promise.all(
      contenders.map((one) => (typeof one === "string" ? contender(one) : one)),
    );
    const name = `${workload.name} ${label}`;
    const turns = await inRounds({ ...workload, ...differs, name }, taking, { rounds, progress });
    rows.push(...rowsOf(taking, turns).map((row) => ({ ...row, x, label })));
  }
  return rows;
}
