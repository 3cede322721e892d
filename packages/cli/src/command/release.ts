/** `concordat release`: freeze a contract's source as the next release. */
import { majorOf, type Step } from "@concordat/core/internal";

import { contractsOf } from "../project/contract-names.ts";
import { findProject, type Project } from "../project/config.ts";
import { draftOfTree, loadContract } from "../project/load-contract.ts";
import { type NextRelease, nextRelease, type Wishes } from "../project/next-release.ts";
import { readHistory, releaseFile, writeRelease } from "../project/release-folder.ts";
import { judge } from "../project/allowance.ts";
import { shownPath } from "../project/shown-path.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import { allFormats } from "../report/format.ts";
import type { Remark, Report } from "../report/report.ts";
import type { Compared } from "../project/compared.ts";
import { defineCommand } from "./command.ts";
import { firstFlag, firstNumber, notFirst, upTo } from "./first-number.ts";

/** What happened to one contract. */
interface Outcome {
  readonly contract: string;
  readonly next: NextRelease | undefined;
  readonly newest: string | undefined;
}

export const release = defineCommand({
  name: "release",
  summary: "Freeze a contract's source as its next release.",
  details: [
    "The number is derived from what changed: patch for texts only, minor when every older release of the line is still served without an adapter, major otherwise, also where the adapter can be derived. Nothing is written when a release file was edited, is missing or out of order, or when nothing changed.",
    "Without CONTRACT every contract with a source is released.",
  ],
  operands: [{ name: "CONTRACT", summary: "The contract to release.", count: "at most one" }],
  flags: {
    "at-least": {
      summary: "Take at least this step. Default: the derived one, which cannot be made smaller.",
      value: "STEP",
      choices: ["minor", "major"],
    },
    first: firstFlag,
    stable: { summary: "Number the next release of a 0.x contract 1.0.0." },
    "dry-run": { summary: "Say what would be written, and write nothing." },
  },
  formats: allFormats,
  examples: [
    "release",
    "release orders --at-least minor",
    "release orders --first 0.1.0 --dry-run",
  ],
  async run({ cwd, operands, flags }): Promise<Report> {
    const project = await findProject(cwd);
    const wishes = wishesFrom(flags["at-least"], flags.first, flags.stable);
    const outcomes = await outcomesOf(project, operands[0], wishes);
    const remarks: Remark[] = [];
    for (const outcome of outcomes) {
      const remark =
        outcome.next === undefined
          ? unchanged(outcome, wishes)
          : await settle(
              project,
              outcome.contract,
              outcome.next,
              flags["dry-run"] ? "say" : "write",
            );
      remarks.push(remark);
    }
    return {
      status: "ok",
      compared: outcomes.flatMap((outcome) => comparedIn(project, outcome)),
      remarks,
    };
  },
});

function wishesFrom(
  atLeast: string | undefined,
  first: string | undefined,
  stable: boolean,
): Wishes {
  return {
    ...(atLeast === undefined ? {} : { atLeast: atLeast as Step }), // one of the flag's choices
    ...firstNumber(first),
    below1: stable ? "leave" : "stay",
  };
}

/** Everything is read and compared before anything is written: one bad contract must leave no half release. */
async function outcomesOf(
  project: Project,
  asked: string | undefined,
  wishes: Wishes,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const contract of await contractsOf(project, asked)) {
    const history = await readHistory(project.contractsFolder, contract);
    const newest = history.at(-1)?.release;
    const tree = await loadContract(project, contract);
    if (tree === undefined) {
      if (asked !== undefined) throw withoutSource(contract, project);
      continue;
    }
    const next = nextRelease(history, draftOfTree(tree), wishes);
    outcomes.push({ contract, next, newest });
  }
  if (outcomes.length > 0) return withUse(outcomes, wishes);
  throw new UnusableInput(
    `No contract in ${shownPath(project.file)} has a source, so there is nothing to release. Name one under "sources".`,
    project.file,
  );
}

/** A wish that no contract can fulfil is a mistake, and must not go unheard. */
function withUse(outcomes: readonly Outcome[], { first, below1 }: Wishes): readonly Outcome[] {
  const released = outcomes.flatMap(({ contract, newest }) =>
    newest === undefined ? [] : [{ contract, newest }],
  );
  if (released.length < outcomes.length) return outcomes;
  if (first !== undefined) throw notFirst(released);
  if (below1 !== "leave" || released.some(({ newest }) => majorOf(newest) === 0)) return outcomes;
  throw new UnusableInput(
    `--stable is for contracts below 1.0.0, and there is none: ${upTo(released)}.`,
  );
}

function withoutSource(contract: string, project: Project): UnusableInput {
  return new UnusableInput(
    `${contract} has no source: add it under "sources" in ${shownPath(project.file)}, e.g. {"${contract}": "./src/contract.ts"}.`,
    project.file,
  );
}

function unchanged({ contract, newest = "" }: Outcome, { below1 }: Wishes): Remark {
  const same = `${contract} ${newest} says the same: nothing to release.`;
  const isHeld = below1 === "leave" && majorOf(newest) === 0;
  const how = " To leave 0.x all the same, change a text, such as the contract's doc.";
  return { kind: "note", text: `${same}${isHeld ? how : ""}` };
}

async function settle(
  { contractsFolder }: Project,
  contract: string,
  next: NextRelease,
  mode: "write" | "say",
): Promise<Remark> {
  const { document, step } = next;
  const what = `${contract} ${document.release} (${step ?? "first release"})`;
  const file = releaseFile(contractsFolder, document);
  if (mode === "say")
    return { kind: "note", text: `${what} would be written to ${shownPath(file)}.` };
  await writeRelease(contractsFolder, document);
  return { kind: "done", text: `${what} is written to ${shownPath(file)}.`, file };
}

function comparedIn(project: Project, { contract, next }: Outcome): readonly Compared[] {
  if (next?.comparison === undefined || next.before === undefined) return [];
  const { document, before, comparison } = next;
  const file = releaseFile(project.contractsFolder, document);
  const pair = { contract, before: before.release, after: document.release, comparison, file };
  return [judge(pair, project.allow).compared];
}
