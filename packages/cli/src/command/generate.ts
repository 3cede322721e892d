/** `concordat generate`: write the stubs that the settings ask for. */
import { findProject, type Project } from "../project/config.ts";
import { contractsOf } from "../project/contract-names.ts";
import { counted } from "../project/counted.ts";
import {
  expectOwn,
  type GeneratedFile,
  outdatedFiles,
  removeFiles,
  strayFiles,
  writeFiles,
} from "../project/generated-files.ts";
import { readHistory } from "../project/release-folder.ts";
import { shownPath } from "../project/shown-path.ts";
import { derivedIn } from "../project/derived-adapters.ts";
import { type History, stubOf } from "../project/stub.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import type { Remark, Report } from "../report/report.ts";
import { defineCommand } from "./command.ts";

interface Plan {
  readonly label: string;
  readonly folder: string;
  readonly files: readonly GeneratedFile[];
  readonly outdated: readonly GeneratedFile[];
  /** Files of releases that are not there any more. */
  readonly stray: readonly string[];
}

export const generate = defineCommand({
  name: "generate",
  summary: "Write client and server stubs from the releases.",
  details: [
    'What is written, and where, stands under "generate" in the settings. Files that are up to date are not touched, so that nothing is compiled again for nothing. Generated types of releases that are not there any more are removed.',
  ],
  operands: [
    {
      name: "CONTRACT",
      summary: "The contract. Default: all that the settings name.",
      count: "at most one",
    },
  ],
  flags: {},
  formats: ["text", "json"],
  examples: ["generate", "generate orders"],
  async run({ cwd, operands }): Promise<Report> {
    const project = await findProject(cwd);
    const names = await contractsOf(project, operands[0]);
    const targets = project.generate.filter(({ contract }) => names.includes(contract));
    if (targets.length === 0) {
      throw new UnusableInput(
        `${shownPath(project.file)} asks for no stubs. Add, under "generate", {"contract": "${names[0] ?? ""}", "out": "src/generated/${names[0] ?? ""}", "as": "ts"}.`,
        project.file,
      );
    }
    const plans: Plan[] = [];
    const histories = new Map<string, History>();
    for (const target of targets) {
      const { contract } = target;
      const known = histories.get(contract) ?? (await historyOf(project, contract));
      histories.set(contract, known);
      const { release, folder, files } = stubOf(project, target, known);
      const label = `${target.contract} ${release}`;
      const outdated = await outdatedFiles(folder, files);
      plans.push({ label, folder, files, outdated, stray: await strayFiles(folder, files) });
    }
    for (const { folder, outdated } of plans) await expectOwn(folder, outdated);
    for (const { folder, outdated, stray } of plans) {
      await writeFiles(folder, outdated);
      await removeFiles(folder, stray);
    }
    return { status: "ok", compared: [], remarks: plans.map(remarkOn) };
  },
});

async function historyOf(project: Project, contract: string): Promise<History> {
  const history = await readHistory(project.contractsFolder, contract);
  if (history.length === 0) throw unreleased(contract);
  return { history, derived: derivedIn(history) };
}

function remarkOn({ label, folder, files, outdated, stray }: Plan): Remark {
  const place = shownPath(folder);
  if (outdated.length + stray.length === 0)
    return {
      kind: "done",
      text: `${label}: ${place} is up to date (${counted(files.length, "file")}).`,
    };
  return {
    kind: "done",
    text: `${label}: wrote ${outdated.length} of ${counted(files.length, "file")} to ${place}${stray.length === 0 ? "" : `, and removed ${stray.length}`}.`,
  };
}

function unreleased(contract: string): UnusableInput {
  return new UnusableInput(
    `${contract} has no release yet, and stubs are made from releases. Run "concordat release ${contract}" first, or use the contract's source as it is.`,
  );
}
