/** `concordat diff`: compare two releases, or two bare schemas. */
import { resolve } from "node:path";

import type { ReleaseDocument, Schema } from "@concordat/core";
import { isObject } from "@concordat/core/internal";

import type { ExitStatus } from "../exit-status.ts";
import {
  compareReleases,
  compareSchemas,
  type Comparison,
  type Verdict,
} from "../project/comparison.ts";
import { readJsonFile } from "../project/json-file.ts";
import { namedRelease } from "../project/named-release.ts";
import { shownPath } from "../project/shown-path.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import { allFormats } from "../report/format.ts";
import type { Report } from "../report/report.ts";
import { defineCommand } from "./command.ts";

export const diff = defineCommand({
  name: "diff",
  summary: "Compare two releases of a contract, or two JSON Schemas.",
  details: [
    "BEFORE and AFTER are files, or releases of this project: orders@1.2.0, or orders for its working tree.",
    'With --schema they are JSON Schemas, and the position says who sends: for "request" the sender has BEFORE, for "response" it has AFTER.',
  ],
  operands: [
    { name: "BEFORE", summary: "The older release: a file, or CONTRACT@RELEASE.", count: "one" },
    {
      name: "AFTER",
      summary: "The newer release: a file, CONTRACT@RELEASE, or CONTRACT.",
      count: "one",
    },
  ],
  flags: {
    schema: {
      summary: "Compare two bare JSON Schemas in this position. Default: two releases.",
      value: "POSITION",
      choices: ["request", "response"],
    },
  },
  formats: allFormats,
  examples: [
    "diff orders@1.0.0 orders",
    "diff contracts/orders/1.0.0.json contracts/orders/1.1.0.json --format json",
    "diff --schema request before.json after.json --format json",
  ],
  async run({ cwd, operands, flags }): Promise<Report> {
    const [before = "", after = ""] = operands;
    if (flags.schema !== undefined) {
      // One of the flag's choices.
      const position = flags.schema as "request" | "response";
      const [older, newer] = [await schemaIn(before, cwd), await schemaIn(after, cwd)];
      return reportOn({ before, after }, compareSchemas(older, newer, position));
    }
    const older = await namedRelease(before, cwd);
    const newer = await namedRelease(after, cwd);
    if (older.document.contract !== newer.document.contract) throw strangers(older, newer);
    const { contract } = newer.document;
    const names = { contract, before: older.name, after: newer.name };
    return reportOn(names, compareReleases(older.document, newer.document));
  },
});

/** How a verdict ends a command. */
export function statusOf(verdict: Verdict): ExitStatus {
  return verdict === "breaking" || verdict === "undecided" ? verdict : "ok";
}

function reportOn(
  names: { readonly contract?: string; readonly before: string; readonly after: string },
  comparison: Comparison,
): Report {
  return {
    status: statusOf(comparison.verdict),
    compared: [{ ...names, comparison, allowed: [] }],
    remarks: [],
    result: comparison,
  };
}

async function schemaIn(file: string, cwd: string): Promise<Schema> {
  const path = resolve(cwd, file);
  const json = await readJsonFile(path);
  if (typeof json === "boolean" || isObject(json)) return json;
  throw new UnusableInput(
    `${shownPath(path)} is not a JSON Schema: a schema is an object, true or false.`,
    path,
  );
}

function strangers(
  before: { readonly document: ReleaseDocument },
  after: { readonly document: ReleaseDocument },
): UnusableInput {
  return new UnusableInput(
    `${before.document.contract} and ${after.document.contract} are two contracts; compare releases of one.`,
  );
}
