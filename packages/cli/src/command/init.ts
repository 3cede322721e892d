/** `concordat init`: make the settings file of a project. */
import { access, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { isContractName } from "@concordat/core/internal";

import { isPath, pathForm } from "../project/config-file.ts";
import { configName, findConfig } from "../project/config.ts";
import { shownPath } from "../project/shown-path.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import { unwritten } from "../project/unwritten.ts";
import type { Report } from "../report/report.ts";
import { defineCommand } from "./command.ts";

/** Where a contract's source is looked for when nobody says. */
const usualSources = ["src/contract.ts", "contract.ts", "src/contract.js", "contract.js"];

export const init = defineCommand({
  name: "init",
  summary: `Write a ${configName} into this folder.`,
  details: ["An existing one is never touched."],
  operands: [{ name: "CONTRACT", summary: "The contract's name, e.g. orders.", count: "one" }],
  flags: {
    source: {
      summary:
        "The module that exports the contract. Default: src/contract.ts, or where one is found.",
      value: "FILE",
    },
  },
  formats: ["text", "json"],
  examples: ["init orders", "init orders --source src/orders.contract.ts"],
  async run({ cwd, operands, flags }): Promise<Report> {
    const [contract = ""] = operands;
    if (!isContractName(contract)) {
      throw new UnusableInput(
        `${JSON.stringify(contract)} cannot name a contract: lower-case letters, digits and "-", at most 64, a letter first.`,
      );
    }
    const present = await findConfig(cwd);
    if (present !== undefined) {
      throw new UnusableInput(
        `${shownPath(present)} is there already: add ${contract} to its "sources".`,
        present,
      );
    }
    const source = flags.source ?? (await usualSource(cwd));
    if (!isPath(source))
      throw new UnusableInput(`--source ${JSON.stringify(source)} is not ${pathForm}.`);
    const file = join(cwd, configName);
    await write(file, settingsFor(contract, source.replace(/^(?!\.{0,2}\/)/, "./")));
    return {
      status: "ok",
      compared: [],
      remarks: [
        { kind: "done", text: `${shownPath(file)} is written.`, file },
        {
          kind: "text",
          text: `Next: export defineContract("${contract}", …) from ${source}, then run "concordat release" and "concordat generate".`,
        },
      ],
    };
  },
});

async function usualSource(cwd: string): Promise<string> {
  for (const source of usualSources) {
    const found = await access(join(cwd, source)).then(
      () => true,
      () => false,
    );
    if (found) return source;
  }
  return "src/contract.ts";
}

function settingsFor(contract: string, source: string): string {
  const settings = {
    contracts: "contracts",
    sources: { [contract]: source },
    generate: [{ contract, out: `src/generated/${contract}`, as: "ts" }],
    allow: [],
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx" });
  } catch (error) {
    throw unwritten(file, error);
  }
}
