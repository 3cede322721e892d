/** Everything that was measured so far: a part of a run replaces its own rows only. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const file = new URL("../../results.json", import.meta.url);

/** @typedef {Record<string, import("./row.mjs").Row[]>} Rows By the names of the workloads. */

/**
 * @typedef {object} Results
 * @property {import("./machine.mjs").Machine} machine
 * @property {Rows} workloads
 */

/** @returns {Results} */
export function readResults() {
  if (!existsSync(file)) return { machine: {}, workloads: {} };
  return JSON.parse(readFileSync(file, "utf8"));
}

/**
 * Puts new rows in the place of those of the same name and point.
 *
 * @param {readonly import("./row.mjs").Row[]} known
 * @param {readonly import("./row.mjs").Row[]} fresh
 */
export function merged(known, fresh) {
  const keyOf = ({ name, x }) => `${name} ${x}`;
  const replaced = new Map(fresh.map((row) => [keyOf(row), row]));
  const kept = known.map((row) => {
    const other = replaced.get(keyOf(row)) ?? row;
    replaced.delete(keyOf(row));
    return other;
  });
  return [...kept, ...replaced.values()];
}

/** Whether all rows are of this very commit. */
export function isMeasured(rows = [], { commit }) {
  return rows.length > 0 && rows.every(({ stamp }) => stamp.commit === commit);
}

/** @param {Results} results */
export function writeResults({ machine, workloads }) {
  const shown = Object.entries(workloads).map(([name, rows]) => {
    const lines = rows.map((row) => `      ${JSON.stringify(row, rounded)}`);
    return `    ${JSON.stringify(name)}: [\n${lines.join(",\n")}\n    ]`;
  });
  const head = `  "machine": ${JSON.stringify(machine)}`;
  writeFileSync(file, `{\n${head},\n  "workloads": {\n${shown.join(",\n")}\n  }\n}\n`);
}

/** More digits than five say nothing, and make every line of a diff longer. A point of a curve is what a row is found by. */
function rounded(key, value) {
  return typeof value === "number" && key !== "x" ? Number(value.toPrecision(5)) : value;
}
