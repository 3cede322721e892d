/**
 * The desk, verified by whatever is bundled with this: `node trial.mjs HISTORY.json VALUES`. Prints what was found.
 *
 * The history comes from outside: a defect in what freezes it must not hide itself.
 */
import { readFile } from "node:fs/promises";

import * as kit from "@concordat/server/portable";

import { derivedIn } from "../../../src/project/derived-adapters.ts";
import type { Subject } from "../../../src/verify/theatre.ts";
import { verifyContract } from "../../../src/verify/verify-contract.ts";
import { deskAdapters } from "../desk-adapters.ts";

const [file = "", values = "8"] = process.argv.slice(2);
// Written by the run beside this one.
const history = JSON.parse(await readFile(file, "utf8")) as Subject["history"];
const subject = { contract: "desk", history, adapters: deskAdapters, derived: derivedIn(history) };
const verified = await verifyContract(subject, kit, { seed: 1, values: Number(values) });
const runs = verified.tried.reduce((sum, each) => sum + each.values, 0);
process.stdout.write(JSON.stringify({ runs, findings: verified.findings }, replaced), () =>
  process.exit(),
);

function replaced(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${value}n` : value;
}
