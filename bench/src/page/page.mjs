/** The measurements as a page: what was written by hand around them stays. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { charts } from "../chart/charts.mjs";
import { workloads } from "../workload.mjs";
import { about } from "./about.mjs";
import { breakdown } from "./breakdown.mjs";
import { markdownTable } from "./markdown-table.mjs";
import { verdicts } from "./verdicts.mjs";

const page = new URL("../../../docs/performance.md", import.meta.url);
const pictures = new URL("../../../docs/performance/", import.meta.url);
const start = "<!-- measurements -->";
const end = "<!-- /measurements -->";

/** The parts of the page, and the workloads of each. */
const sections = [
  { title: "Beside its peers", has: ({ kind, isNative }) => !apart.has(kind) && !isNative },
  { title: "As work grows", has: ({ kind }) => kind === "curve" },
  { title: "What a page loads", has: ({ kind }) => kind === "bundle" },
  { title: "What a compiler reads", has: ({ kind }) => kind === "types" },
  { title: "With bufferutil on both ends", has: ({ isNative }) => isNative },
];
const apart = new Set(["curve", "bundle", "types"]);

/** Writes what was measured so far into `docs/performance.md`, and draws the charts beside it. */
export function writePage({ machine, workloads: rows }) {
  const drawn = charts(rows);
  mkdirSync(pictures, { recursive: true });
  for (const { file, svg } of drawn) writeFileSync(new URL(file, pictures), svg);
  const before = readFileSync(page, "utf8");
  const from = before.indexOf(start) + start.length;
  const to = before.indexOf(end);
  const body = [
    about(machine, rows),
    "## The figures to reach",
    verdicts(rows),
    ...sections.flatMap(({ title, has }) => sectionOf(title, workloads.filter(has), rows, drawn)),
  ].join("\n\n");
  writeFileSync(page, `${before.slice(0, from)}\n\n${body}\n\n${before.slice(to)}`);
}

function sectionOf(title, chosen, rows, drawn) {
  const measured = chosen.filter(({ name }) => rows[name] !== undefined);
  if (measured.length === 0) return [];
  const pictureOf = ({ file, alt }) => `![${alt}](performance/${file})`;
  const overview = drawn.filter(({ section }) => section === title).map(pictureOf);
  const tables = measured.flatMap((workload) => [
    markdownTable(workload, rows[workload.name]),
    ...drawn.filter(({ of }) => of === workload.name).map(pictureOf),
    ...breakdown(rows[workload.name]),
  ]);
  return [`## ${title}`, ...overview, ...tables];
}
