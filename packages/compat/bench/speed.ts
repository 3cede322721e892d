/** How long comparisons take. `speed [releases]`: with how many releases the large contract is compared. */
import { readdirSync, readFileSync } from "node:fs";
import type { ReleaseDocument, Schema } from "@concordat/core";
import { compareReleases, compareSchemas, createComparer } from "../src/index.ts";
import { clusterSize, type Edits, every, madeUpRelease, type Size } from "./contract.ts";

const [releases = 1_000] = process.argv.slice(2).map(Number);

interface Timed<Result> {
  readonly ms: number;
  /** Processor time: what the machine does beside does not count. */
  readonly cpu: number;
  readonly result: Result;
}

function timed<Result>(work: () => Result): Timed<Result> {
  const [started, used] = [performance.now(), process.cpuUsage()];
  const result = work();
  const { user, system } = process.cpuUsage(used);
  return { ms: performance.now() - started, cpu: (user + system) / 1000, result };
}

function best(times: number, work: () => unknown): number {
  return Math.min(...Array.from({ length: times }, () => timed(work).cpu));
}

/** As it would be read from a file: nothing in it is shared with another release. */
function reread(release: ReleaseDocument): ReleaseDocument {
  return JSON.parse(JSON.stringify(release)) as ReleaseDocument; // its own text
}

function changedProcedures(before: ReleaseDocument, after: ReleaseDocument): number {
  return Object.entries(before.procedures).filter(
    ([name, { fingerprint }]) => after.procedures[name]?.fingerprint !== fingerprint,
  ).length;
}

const large: Size = { procedures: 700, types: 1_500 };
const first = madeUpRelease(large, "1.0.0");
const before = first.release;

function neighbours(name: string, older: ReleaseDocument, newer: ReleaseDocument): void {
  const { ms, cpu, result } = timed(() => compareReleases(older, newer));
  const warm = best(3, () => compareReleases(older, newer));
  console.log(
    `700 procedures, 1,500 types${name}, ${changedProcedures(older, newer)} procedures changed (${result.changes.length} findings, ` +
      `${result.verdict}): first ${ms.toFixed(0)} ms, ${cpu.toFixed(0)} ms CPU; warm ${warm.toFixed(0)} ms CPU`,
  );
}

for (const distance of [300, 20, 1])
  neighbours("", before, madeUpRelease(large, "1.1.0", every(distance), first).release);
const wide: Size = { ...large, isWide: true };
for (const distance of [1_500, 300]) {
  const edited = (index: number): number => (index % distance === 40 ? 1 : 0);
  neighbours(
    " that reach hundreds of others",
    madeUpRelease(wide, "1.0.0").release,
    madeUpRelease(wide, "1.1.0", edited).release,
  );
}

/** Every release differs from the newest in five clusters, edited as in no other release. */
function ownWay(release: number): Edits {
  const clusters = large.types / clusterSize;
  return (index) => {
    const cluster = Math.floor(index / clusterSize);
    const isOwn = (cluster - release * 5 + clusters * releases) % clusters < 5;
    return isOwn && index % clusterSize === release % clusterSize ? release + 1 : 0;
  };
}

/** Every release edits one type more than the one before it. */
function chain(release: number): Edits {
  return (index) => ((index * 7) % large.types < release ? 1 : 0);
}

const newest = madeUpRelease(large, "2.0.0", chain(releases), first);
for (const [name, after, editsOf] of [
  ["each differing from the newest in its own way", first, ownWay],
  ["each with one type edited since the one before", newest, chain],
] as const) {
  const comparer = createComparer();
  let [cpu, ms, findings, procedures, peak] = [0, 0, 0, 0, 0];
  for (let index = 0; index < releases; index += 1) {
    const { release } = madeUpRelease(large, `1.${index}.0`, editsOf(index), after);
    const read = reread(release);
    const one = timed(() => comparer.compareReleases(read, after.release));
    cpu += one.cpu;
    ms += one.ms;
    findings += one.result.changes.length;
    procedures += changedProcedures(release, after.release);
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  }
  console.log(
    `against ${releases} releases, ${name} (${procedures} changed procedures, ${findings} findings): ` +
      `${(ms / 1000).toFixed(1)} s, ${(cpu / 1000).toFixed(1)} s CPU, heap at most ${(peak / 1e6).toFixed(0)} MB`,
  );
}

console.log(
  "growth with the number of types (procedures = types / 2, one type in twenty changed):",
);
for (const types of [250, 500, 1_000, 2_000, 4_000]) {
  const size: Size = { procedures: types / 2, types };
  const old = madeUpRelease(size, "1.0.0");
  const next = madeUpRelease(size, "1.1.0", every(20), old);
  const ms = best(2, () => compareReleases(old.release, next.release));
  console.log(
    `  ${types} types: ${ms.toFixed(0)} ms CPU, ${((1000 * ms) / types).toFixed(1)} us per type`,
  );
}

/** The published revisions of a real protocol, as the example serves them. */
const folder = new URL("../../../../examples/mcp/contracts/mcp/", import.meta.url);
const revisions = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")) as ReleaseDocument); // frozen
for (const [index, older] of revisions.entries()) {
  for (const newer of revisions.slice(index + 1)) {
    const { cpu, ms, result } = timed(() => compareReleases(older, newer));
    const warm = best(10, () => compareReleases(older, newer));
    console.log(
      `MCP ${older.release} to ${newer.release}, ${Object.keys(older.procedures).length} procedures (${result.changes.length} findings, ` +
        `${result.verdict}): first ${ms.toFixed(0)} ms, ${cpu.toFixed(0)} ms CPU; warm ${warm.toFixed(1)} ms CPU`,
    );
  }
}

function mutual(count: number, changedAt: number, isTagged: boolean): Schema {
  const definitions = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `V${index}`,
      {
        type: "object",
        properties: {
          ...(isTagged && { kind: { const: `v${index}` } }),
          [`value${isTagged ? "" : index % 3}`]: {
            type: index === changedAt ? "integer" : "number",
          },
          children: { type: "array", items: { $ref: "#/definitions/Any" } },
          next: { $ref: "#/definitions/Any" },
        },
        required: isTagged ? ["kind"] : [],
      },
    ]),
  );
  const Any = {
    anyOf: Object.keys(definitions).map((name) => ({ $ref: `#/definitions/${name}` })),
  };
  // A bare schema may carry its definitions; the contract's type of a schema does not name them.
  return { $ref: "#/definitions/Any", definitions: { ...definitions, Any } } as Schema;
}

for (const isTagged of [true, false]) {
  for (const [name, left, right] of [
    ["equal but for one narrowed", mutual(12, -1, isTagged), mutual(12, 5, isTagged)],
    ["equal but for one widened", mutual(12, 5, isTagged), mutual(12, -1, isTagged)],
    ["eleven of twelve", mutual(12, -1, isTagged), mutual(11, -1, isTagged)],
  ] as const) {
    const { ms, cpu, result } = timed(() => compareSchemas(left, right, "request"));
    console.log(
      `twelve mutually recursive variants, ${isTagged ? "tagged" : "untagged"}, ${name}: ${ms.toFixed(0)} ms, ${cpu.toFixed(0)} ms CPU (${result.verdict})`,
    );
  }
}
console.log(`memory: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident`);
