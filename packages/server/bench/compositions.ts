/**
 * What a long history costs in memory: `compositions [releases] [procedures]`.
 *
 * Every fortieth procedure changes in every release; the others never do. Prints how long the server takes to start
 * and what it holds, and then what calls from all releases add: nothing for procedures that did not change, and the
 * same for each pair of release and changed procedure that is called.
 */
import type { ProcedureDocument, ReleaseDocument } from "@concordat/core";
import { contractFingerprint, procedureFingerprint } from "@concordat/core/internal";

import type { Adapter } from "../src/index.ts";
import { Service } from "../src/service/service.ts";

const [releases = 1_000, procedures = 700] = process.argv.slice(2).map(Number);
const changedEvery = 40;

function heap(): number {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("Run node with --expose-gc.");
  for (let times = 0; times < 3; times += 1) gc();
  return process.memoryUsage().heapUsed;
}

function procedure(name: string): ProcedureDocument {
  const message = {
    type: "object",
    properties: { id: { type: "string" }, [name]: { type: "integer" } },
    required: ["id", name],
  } as const;
  const parts = { kind: "unary", request: message, response: message } as const;
  return { ...parts, fingerprint: procedureFingerprint(parts, {}) };
}

const names = Array.from({ length: procedures }, (_, at) => `p${at}`);
const changing = names.filter((_, at) => at % changedEvery === 0);
const constant = Object.fromEntries(names.map((name) => [name, procedure("value")]));
const documents = Array.from({ length: releases }, (_, at): ReleaseDocument => {
  const changed = Object.fromEntries(changing.map((name) => [name, procedure(`value${at}`)]));
  const all = { ...constant, ...changed };
  return {
    concordat: "release/1",
    contract: "long",
    release: `${at + 1}.0.0`,
    previous: null,
    fingerprint: contractFingerprint("long", all),
    definitions: {},
    procedures: all,
  };
});
const adapters = documents.slice(1).map((_, at): Adapter => ({
  from: `${at + 1}.0.0`,
  to: `${at + 2}.0.0`,
  procedures: Object.fromEntries(
    changing.map((name) => [
      name,
      {
        request: [{ step: "rename", at: "", from: `value${at}`, to: `value${at + 1}` }],
        response: [{ step: "rename", at: "", from: `value${at + 1}`, to: `value${at}` }],
      },
    ]),
  ),
}));

const before = heap();
const started = performance.now();
const service = new Service({
  contract: "long",
  history: documents,
  handlers: new Map(names.map((name) => [name, (request) => request])),
  adapters,
  derived: [],
  floor: undefined,
  notices: new Map(),
  retirement: undefined,
  upgradeUrl: undefined,
  belowFloor: "unbroken",
});
const startMs = performance.now() - started;
let held = heap();
console.log(
  `${releases} releases, ${procedures} procedures, ${changing.length} of them changed by every release`,
);
console.log(
  `start: ${startMs.toFixed(0)} ms, ${megabytes(held - before)} beside the releases themselves`,
);

/** Calls procedures from releases, and says what that added. */
function called(what: string, from: readonly number[], which: readonly string[]): number {
  const began = performance.now();
  for (const release of from) for (const name of which) service.plan(release, name);
  const ms = performance.now() - began;
  const now = heap();
  const added = now - held;
  held = now;
  const pairs = from.length * which.length;
  console.log(
    `${what}: ${pairs} pairs called once, ${ms.toFixed(0)} ms, ${megabytes(added)}, ${Math.round(added / pairs)} bytes each`,
  );
  return added / pairs;
}

const all = [...documents.keys()];
const young = all.slice(-Math.min(100, releases));
const still = names.filter((name) => !changing.includes(name));
const unchanged = called("unchanged, from every release", all, still);
const some = called("changed, from the last 100 releases", young.slice(0, -1), changing);
const others = called("changed, from 100 releases before those", all.slice(-200, -100), changing);
console.log(
  `an unchanged pair takes ${((100 * unchanged) / some).toFixed(2)} % of a changed one; ` +
    `a changed pair of 100 to 200 changes takes ${(others / some).toFixed(2)} times one of 1 to 100`,
);

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
