/** What a page has to load. */
import { bundled } from "../bundle/bundled.mjs";
import { entries } from "../bundle/entries.mjs";
import { makeProject } from "../grown/stubs.mjs";

/**
 * @param {import("../workload.mjs").Workload} workload
 * @param {import("./measure.mjs").How} how
 */
export async function bundlesMeasured(_workload, { progress }) {
  makeProject("plain");
  makeProject("free");
  const rows = [];
  for (const entry of entries) {
    progress.say(`bundling ${entry.name}`);
    rows.push({ ...entry, ...(await bundled(entry.name)) });
  }
  return rows;
}
