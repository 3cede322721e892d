/** The figures to reach beside what was measured, in one table. */
import { aims, verdictOf } from "../aim.mjs";
import { plain } from "./number.mjs";

/** @param {import("../result/results.mjs").Rows} rows */
export function verdicts(rows) {
  const lines = aims.map((aim) => lineOf(aim, verdictOf(aim, rows)));
  const reached = lines.filter((line) => line.endsWith("| yes |")).length;
  return [
    `${reached} of ${aims.length} are reached.`,
    "",
    "| what | aim | measured | range | reached |",
    "| --- | ---: | ---: | ---: | --- |",
    ...lines,
  ].join("\n");
}

function lineOf({ what, unit, least, most }, { median, isReached, ...ends }) {
  const aim = least === undefined ? `≤ ${shown(most)}${unit}` : `≥ ${shown(least)}${unit}`;
  if (isReached === undefined) return `| ${what} | ${aim} | – | – | not measured |`;
  const range = ends.least === ends.most ? "–" : `${plain(ends.least)}–${plain(ends.most)}`;
  const word = isReached ? "yes" : "**no**";
  return `| ${what} | ${aim} | ${plain(median)}${unit} | ${range} | ${word} |`;
}

function shown(number) {
  return number.toLocaleString("en");
}
