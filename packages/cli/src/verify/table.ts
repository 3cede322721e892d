/** What was tried, as a table: releases, procedures and values, by treatment. */
import type { Treatment } from "@concordat/server/portable";

import type { Tried, Verified } from "./verify-contract.ts";

const columns: readonly Treatment[] = [
  "identity",
  "projected",
  "derived",
  "declarative",
  "written",
  "answered",
  "unimplemented",
];

/** Lines with the contract and a row for each release, each indented, so that no terminal wraps them. */
export function triedTable({ contract, tried }: Verified): readonly string[] {
  const releases = [...new Set(tried.map(({ release }) => release))];
  const rows = releases.map((release) =>
    rowOf(
      release,
      tried.filter((each) => each.release === release),
    ),
  );
  const cells = [[contract, "procedures", "values", ...columns], ...rows, rowOf("all", tried)];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? "").length)),
  );
  return cells.map(
    (row) =>
      `  ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join("  ")}`,
  );
}

/** The number of procedures, and behind a cross the number of values tried. */
function rowOf(name: string, tried: readonly Tried[]): readonly string[] {
  return [
    name,
    String(tried.length),
    String(valuesOf(tried)),
    ...columns.map((treatment) => {
      const own = tried.filter((each) => each.treatment === treatment);
      return own.length === 0 ? "·" : `${own.length} (${valuesOf(own)})`;
    }),
  ];
}

function valuesOf(tried: readonly Tried[]): number {
  return tried.reduce((all, { values }) => all + values, 0);
}
