/** Rows for the terminal. */
import { columnsOf } from "./column.mjs";

export function textTable({ kind, title, name }, rows) {
  const shown = columnsOf(kind);
  const lines = [
    ["peer", ...shown.map(([head]) => head)],
    ...rows.map((row) => [
      row.title.replaceAll(/[`*]/g, ""),
      ...shown.map(([, cell]) => cell(row)),
    ]),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const padded = (cell, column) =>
    column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]);
  return [`\n${title} (${name})`, ...lines.map((line) => line.map(padded).join("  "))].join("\n");
}
