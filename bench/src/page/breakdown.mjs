/** Which source files a bundle consists of. */
import { inKilobytes } from "./number.mjs";

/**
 * @param {readonly import("../result/row.mjs").Row[]} rows
 * @returns {string[]} Nothing where there are no bundles.
 */
export function breakdown(rows) {
  const own = rows.find(({ name }) => name === "concordat");
  if (own?.parts === undefined) return [];
  const lines = own.parts.map(([file, bytes]) => `| ${file} | ${inKilobytes(bytes)} |`);
  return [
    "The largest source files of Concordat's bundle, minified:",
    ["| file | kB |", "| --- | ---: |", ...lines].join("\n"),
  ];
}
