/** Which charts there are, each drawn of what was measured so far. */
import { median } from "../result/spread.mjs";
import { workloads } from "../workload.mjs";
import { bars, heightOfBars } from "./bars.mjs";
import { legend, lines } from "./lines.mjs";
import { group, picture, text } from "./picture.mjs";

const width = 960;
const margin = 24;
const panel = (width - 3 * margin) / 2;

/**
 * @typedef {object} Chart
 * @property {string} file
 * @property {string} alt
 * @property {string} svg
 * @property {string} [section] Where it stands on the page: above the tables of a section,
 * @property {string} [of] or below that of a workload.
 */

/**
 * @param {import("../result/results.mjs").Rows} rows
 * @returns {Chart[]}
 */
export function charts(rows) {
  const measured = workloads.filter(({ name }) => rows[name] !== undefined);
  const beside = measured.filter(
    ({ kind, isNative }) => (kind === "calls" || kind === "stream") && !isNative,
  );
  const overviews = [
    panelsOf(
      "rate.svg",
      "Calls per second, to the hand-written minimum: more is better",
      "rateRatio",
      beside,
      rows,
    ),
    panelsOf(
      "cpu.svg",
      "Server CPU per call, to the hand-written minimum, on a logarithmic scale: less is better",
      "cpuRatio",
      beside,
      rows,
    ),
  ];
  return [
    ...(beside.length > 0 ? overviews : []),
    ...measured.filter(({ kind }) => kind === "curve").map((workload) => curveOf(workload, rows)),
    ...measured.filter(({ kind }) => kind === "bundle").map((workload) => bundleOf(workload, rows)),
  ];
}

function panelsOf(file, alt, figure, chosen, rows) {
  const how = { width: panel, unit: "×", isLogarithmic: figure === "cpuRatio" };
  const parts = [text(margin, margin + 12, alt, "head")];
  let y = 2 * margin + 12;
  for (let index = 0; index < chosen.length; index += 2) {
    const pair = chosen.slice(index, index + 2);
    for (const [side, { name, title }] of pair.entries()) {
      const own = rows[name].map((row) => ({ ...row, value: median(row[figure]) }));
      parts.push(group(margin + side * (panel + margin), y, bars(title, own, how)));
    }
    y += Math.max(...pair.map(({ name }) => heightOfBars(rows[name].length))) + margin;
  }
  return { file, alt, section: "Beside its peers", svg: picture(width, y, parts) };
}

function curveOf({ name, title, axis = "" }, rows) {
  const curvesOf = (figure) =>
    [...new Set(rows[name].map((row) => row.name))].map((contender) => {
      const own = rows[name].filter((row) => row.name === contender);
      const points = own.map(({ x, label, [figure]: numbers }) => ({
        x,
        label,
        value: median(numbers),
      }));
      return { name: contender, title: own[0].title, points };
    });
  const how = { width: panel, height: 260, axis, isLogarithmic: name === "payload" };
  const parts = [
    group(margin, margin, lines("calls per second", curvesOf("perSecond"), how)),
    group(2 * margin + panel, margin, lines("server µs per call", curvesOf("cpuMicros"), how)),
    group(margin, margin + 268, legend(curvesOf("perSecond"))),
  ];
  return { file: `${name}.svg`, alt: title, of: name, svg: picture(width, margin + 300, parts) };
}

function bundleOf({ name, title }, rows) {
  const own = rows[name].map((row) => ({ ...row, value: row.zipped / 1_000 }));
  const parts = [
    group(
      margin,
      margin,
      bars(`${title}, min + gzip`, own, { width: width - 2 * margin, left: 350, unit: " kB" }),
    ),
  ];
  const height = heightOfBars(own.length) + 2 * margin;
  return { file: `${name}.svg`, alt: title, of: name, svg: picture(width, height, parts) };
}
