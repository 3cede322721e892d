/** How long comparisons take. `speed [releases]`: with how many releases the large contract is compared. */
import type { Schema } from "@concordat/core";
import { compareReleases, compareSchemas } from "../src/index.ts";
import { madeUpRelease, type Size } from "./contract.ts";

const [releases = 1_000] = process.argv.slice(2).map(Number);

function timed<Result>(work: () => Result): { readonly ms: number; readonly result: Result } {
  const started = performance.now();
  const result = work();
  return { ms: performance.now() - started, result };
}

function best(times: number, work: () => unknown): number {
  return Math.min(...Array.from({ length: times }, () => timed(work).ms));
}

const large: Size = { procedures: 700, types: 1_500, changedEvery: 20, release: "1.1.0" };
const before = madeUpRelease({ ...large, changedEvery: 0, release: "1.0.0" });
const after = madeUpRelease(large);
const neighbour = timed(() => compareReleases(before, after));
const changed = Object.entries(before.procedures).filter(
  ([name, { fingerprint }]) => after.procedures[name]?.fingerprint !== fingerprint,
);
console.log(
  `700 procedures, 1,500 types, neighbouring release: ${neighbour.ms.toFixed(0)} ms cold, ` +
    `${best(3, () => compareReleases(before, after)).toFixed(0)} ms warm (${changed.length} procedures changed, ` +
    `${neighbour.result.changes.length} findings, ${neighbour.result.verdict})`,
);

const all = timed(() => {
  for (let index = 0; index < releases; index += 1)
    compareReleases(index % 2 === 0 ? before : after, after);
});
console.log(
  `the same against ${releases} releases, half of them with the ${changed.length} changes: ${(all.ms / 1000).toFixed(1)} s`,
);

for (const changedEvery of [1, 0]) {
  const rewritten = madeUpRelease({ ...large, changedEvery });
  console.log(
    `every type changed (${changedEvery}): ${best(2, () => compareReleases(before, rewritten)).toFixed(0)} ms`,
  );
}

console.log(
  "growth with the number of types (procedures = types / 2, one type in twenty changed):",
);
for (const types of [250, 500, 1_000, 2_000, 4_000]) {
  const size: Size = { procedures: types / 2, types, changedEvery: 20, release: "1.1.0" };
  const [old, next] = [madeUpRelease({ ...size, changedEvery: 0 }), madeUpRelease(size)];
  const ms = best(3, () => compareReleases(old, next));
  console.log(
    `  ${types} types: ${ms.toFixed(0)} ms, ${((1000 * ms) / types).toFixed(1)} us per type`,
  );
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
    const { ms, result } = timed(() => compareSchemas(left, right, "request"));
    console.log(
      `twelve mutually recursive variants, ${isTagged ? "tagged" : "untagged"}, ${name}: ${ms.toFixed(0)} ms (${result.verdict})`,
    );
  }
}
console.log(`memory: ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB resident`);
