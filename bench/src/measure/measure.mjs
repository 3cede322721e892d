/** How each kind of workload is measured. */
import { bundlesMeasured } from "./bundle.mjs";
import { curveMeasured } from "./curve.mjs";
import { peersMeasured } from "./peers.mjs";
import { typesMeasured } from "./types.mjs";

/**
 * @typedef {object} How
 * @property {readonly string[]} peers
 * @property {number} rounds
 * @property {import("../progress.mjs").Progress} progress
 */

const ways = { curve: curveMeasured, bundle: bundlesMeasured, types: typesMeasured };

/**
 * @param {import("../workload.mjs").Workload} workload
 * @param {How} how
 * @returns {Promise<import("../result/row.mjs").Row[]>}
 */
export function measure(workload, how) {
  const way = ways[workload.kind] ?? peersMeasured;
  return way(workload, how);
}
