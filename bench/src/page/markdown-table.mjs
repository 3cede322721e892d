/** Rows for the page. */
import { columnsOf } from "./column.mjs";
import { spread } from "../result/spread.mjs";

/**
 * @param {import("../workload.mjs").Workload} workload
 * @param {readonly import("../result/row.mjs").Row[]} rows
 */
export function markdownTable({ kind, title, name }, rows) {
  const shown = columnsOf(kind);
  return [
    `### ${title[0].toUpperCase()}${title.slice(1)} (\`${name}\`)`,
    "",
    stampsOf(rows) + noiseOf(rows),
    "",
    line(["", ...shown.map(([head]) => head)]),
    line(["---", ...shown.map(() => "---:")]),
    ...rows.map((row) => line([row.title, ...shown.map(([, cell]) => cell(row))])),
  ].join("\n");
}

function line(cells) {
  return `| ${cells.join(" | ")} |`;
}

/** When most of it was measured, and what of it at another time. */
function stampsOf(rows) {
  const byStamp = grouped(rows);
  const [first, ...others] = [...byStamp].toSorted(
    ([, one], [, other]) => other.length - one.length,
  );
  const exceptions = others.map(
    ([stamp, own]) => `${[...new Set(own.map(({ title }) => title))].join(", ")}: ${stamp}`,
  );
  return `${[`Measured ${first[0]}`, ...exceptions].join("; ")}.`;
}

function saying({ date, commit, rounds }) {
  return `${date}, commit ${commit}, ${rounds === 1 ? "one round" : `${rounds} rounds`}`;
}

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = saying(row.stamp);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/** How far the yardstick itself moved from round to round: what differs less than that does not differ. */
function noiseOf(rows) {
  const base = rows.find(({ name }) => name === "minimum");
  if (base === undefined || base.perSecond.length < 2) return "";
  const { median, least, most } = spread(base.perSecond);
  const percent = (value) => `${Math.round((100 * Math.abs(value - median)) / median)} %`;
  return ` The hand-written minimum itself moved by −${percent(least)} and +${percent(most)} between rounds.`;
}
