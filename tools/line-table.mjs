/** Writes the README's table of lines per package, between its two markers: `node tools/line-table.mjs`. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const start = "<!-- line-table -->";
const end = "<!-- /line-table -->";

/** @param {string} name */
function rowOf(name) {
  const folder = join("packages", name, "src");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({
      file,
      lines: readFileSync(join(folder, file), "utf8").split("\n").length - 1,
    }))
    .toSorted((one, other) => one.lines - other.lines);
  const sum = files.reduce((total, { lines }) => total + lines, 0);
  const median = files[Math.floor(files.length / 2)];
  const tenth = files[Math.floor(files.length * 0.9)];
  const longest = files.at(-1);
  const cells = [
    name,
    files.length,
    sum,
    median?.lines,
    tenth?.lines,
    longest?.lines,
    longest?.file,
  ];
  return `| ${cells.join(" | ")} |`;
}

const table = [
  "| package | files | lines | median | 90 % below | longest | which |",
  "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
  ...readdirSync("packages").map(rowOf),
].join("\n");

const readme = readFileSync("README.md", "utf8");
const [before, rest] = readme.split(start);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined) {
  throw new Error(
    `README.md has no ${start} … ${end}; put the two markers where the table belongs.`,
  );
}
writeFileSync("README.md", `${before}${start}\n\n${table}\n\n${end}${after}`);
console.log(table);
