/** The measurements as a page: tables between markers, and a chart beside it. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { chart } from "./chart.mjs";
import { columnsOf } from "./text-table.mjs";

const page = new URL("../../docs/performance.md", import.meta.url);
const picture = new URL("../../docs/performance.svg", import.meta.url);
const start = "<!-- measurements -->";
const end = "<!-- /measurements -->";

/** Writes what was measured into `docs/performance.md`, and draws `docs/performance.svg`. */
export function writeReport(summaries, { rounds }) {
  const before = readFileSync(page, "utf8");
  const from = before.indexOf(start) + start.length;
  const to = before.indexOf(end);
  const body = [about(rounds), ...summaries.map(markdownTable)].join("\n\n");
  writeFileSync(page, `${before.slice(0, from)}\n\n${body}\n\n${before.slice(to)}`);
  writeFileSync(picture, chart(summaries));
}

function about(rounds) {
  const [{ model } = { model: "unknown" }] = cpus();
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const { dependencies } = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  const versions = Object.entries(dependencies)
    .filter(([, version]) => /^\d/.test(version))
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
  const date = new Date().toISOString().slice(0, 10);
  const memory = Math.round(totalmem() / 2 ** 30);
  const masking = process.env.BUFFERUTIL === "1" ? "with bufferutil" : "pure JavaScript";
  return [
    `Written by \`npm run bench\` on ${date}, commit ${commit}: Node ${process.version}, ${cpus().length} cores (${model}), ${memory} GiB, ${masking}.`,
    `Medians of ${rounds} interleaved rounds; ratios are taken within a round, to the hand-written minimum; the range is the least and the most of them.`,
    `Peers: ${versions}.`,
  ].join("\n");
}

function markdownTable({ workload, rows }) {
  const shown = columnsOf(workload.kind);
  const lines = [
    `| peer | ${shown.map(([title]) => title).join(" | ")} |`,
    `| --- | ${shown.map(() => "---:").join(" | ")} |`,
    ...rows
      .filter(({ count }) => count > 0)
      .map((row) => `| ${row.title} | ${shown.map(([, cell]) => cell(row)).join(" | ")} |`),
  ];
  return [`### ${workload.title} (\`${workload.name}\`)`, "", ...lines].join("\n");
}
