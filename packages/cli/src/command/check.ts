/** `concordat check`: the gate of continuous integration. */
import { resolve } from "node:path";

import type { ReleaseDocument } from "@concordat/core";
import { isSameLine, present } from "@concordat/core/internal";

import { type ExitStatus, worstStatus } from "../exit-status.ts";
import { judge, unusedAllowances } from "../project/allowance.ts";
import { type Comparer, createComparer } from "../project/comparison.ts";
import { findProject, type Project } from "../project/config.ts";
import type { Allowance } from "../project/config-file.ts";
import { contractsOf } from "../project/contract-names.ts";
import { counted } from "../project/counted.ts";
import { outdatedFiles, strayFiles } from "../project/generated-files.ts";
import { derivedIn } from "../project/derived-adapters.ts";
import { draftOfTree, loadContract } from "../project/load-contract.ts";
import { nextRelease, saysTheSame } from "../project/next-release.ts";
import { readHistory } from "../project/release-folder.ts";
import { servedReleases } from "../project/served-releases.ts";
import { shownPath } from "../project/shown-path.ts";
import { type History, stubOf } from "../project/stub.ts";
import { type UseRule, usedChanges } from "../project/usage.ts";
import { stepsWithin } from "../project/understated-step.ts";
import { writtenAdapters } from "../project/written-adapters.ts";
import { allFormats } from "../report/format.ts";
import type { Remark, Report } from "../report/report.ts";
import type { Compared } from "../project/compared.ts";
import { defineCommand } from "./command.ts";
import { statusOf } from "./diff.ts";
import { type OlderRelease, olderLineRemarks } from "./older-lines.ts";
import { useRule } from "./use-rule.ts";

/** What checking one thing found. */
interface Finding {
  readonly status: ExitStatus;
  readonly compared?: readonly Compared[];
  /** What the settings allow between releases, which nothing prints. */
  readonly allowed?: readonly Allowance[];
  readonly remarks: readonly Remark[];
}

export const check = defineCommand({
  name: "check",
  summary: "Prove that the working tree keeps what the releases promise.",
  details: [
    "For each contract: that no release file was edited, is missing or out of order, or breaks what its number promises; that the working tree serves every supported release of the newest line, in both directions; that the adapters named in the settings say what becomes of every procedure between supported releases; that generated files are up to date. A break against an older line was declared by a major release and is only mentioned.",
    'Findings under "allow" in the settings are printed and do not fail the check. They never make the next release smaller.',
    "With --fleet, each break says how many calls of which clients there were in that release, and how many connections speak it. That somebody calls nothing is no property of the contract: with --unused-for such a break passes here, and the next release is a major one all the same.",
  ],
  operands: [
    { name: "CONTRACT", summary: "The contract to check. Default: all.", count: "at most one" },
  ],
  flags: {
    fleet: {
      summary:
        "What a running server counted (its fleet.json): each break says who still calls it. Given often, the counts are added up. Default: nothing is known.",
      value: "FILE",
      given: "often",
    },
    "unused-for": {
      summary:
        "With --fleet: let a break pass that nobody called in at least so many days of counting. Default: none passes.",
      value: "DAYS",
    },
  },
  formats: allFormats,
  examples: [
    "check",
    "check orders --format github",
    "check --fleet fleet.json",
    "check --fleet fleet.json --unused-for 30",
  ],
  async run({ cwd, operands, flags }): Promise<Report> {
    const use = await useRule(flags.fleet, flags["unused-for"], cwd);
    const project = await findProject(cwd);
    const names = await contractsOf(project, operands[0]);
    const findings: Finding[] = [];
    for (const name of names) findings.push(...(await findingsOn(project, name, use)));
    const compared = findings.flatMap((finding) => finding.compared ?? []);
    const needed = [
      ...compared.flatMap(({ allowed }) => allowed.map((each) => each.allowance)),
      ...findings.flatMap(({ allowed }) => allowed ?? []),
    ];
    const unused = operands[0] === undefined ? unusedAllowances(project.allow, needed) : [];
    const stale = unused.map(({ rule, path }): Remark => {
      const text = `"allow" has an entry for ${rule} at ${path} that no finding needs: remove it.`;
      return { kind: "warning", text, file: project.file };
    });
    return {
      status: worstStatus(findings.map(({ status }) => status)),
      compared,
      remarks: [...findings.flatMap(({ remarks }) => remarks), ...stale],
    };
  },
});

async function findingsOn(
  project: Project,
  contract: string,
  rule: UseRule | undefined,
): Promise<readonly Finding[]> {
  const history = await readHistory(project.contractsFolder, contract);
  const tree = await loadContract(project, contract);
  const known: History = { history, derived: derivedIn(history) };
  const generated = await generatedFinding(project, contract, known);
  const adapters = await adaptersFinding(project, contract, known);
  // Every release is compared with the working tree, and more than once.
  const comparer = createComparer();
  const held = historyRemark(contract, history, tree, comparer);
  const chain: Finding = { status: "ok", remarks: [held] };
  const supported = servedReleases(project, contract, history);
  const numbers = numbersFinding(project, contract, supported, comparer);
  if (tree === undefined) return [chain, numbers, adapters, generated];
  const isBridged = adapters.remarks.length === 0;
  const kept = compatibility(project, contract, history, tree, comparer, rule, isBridged);
  return [kept, chain, unknownFinding(contract, rule), numbers, adapters, generated];
}

function numbersFinding(
  project: Project,
  contract: string,
  supported: readonly ReleaseDocument[],
  comparer: Comparer,
): Finding {
  const steps = stepsWithin(supported, project.allow, comparer);
  const understated = steps.filter((step) => step.isUnderstated);
  const remarks = understated.map(({ before, after }): Remark => {
    const text = `${contract} ${after} promises to serve clients of ${before}, and breaks them: see "concordat diff ${contract}@${before} ${contract}@${after}". If nobody has ${after} yet, delete it and run "concordat release"; otherwise raise "floor" to ${after} in the settings.`;
    return { kind: "problem", text };
  });
  const allowed = steps.flatMap((step) => step.allowed);
  return { status: remarks.length > 0 ? "breaking" : "ok", allowed, remarks };
}

function historyRemark(
  contract: string,
  history: readonly ReleaseDocument[],
  tree: ReleaseDocument | undefined,
  comparer: Comparer,
): Remark {
  const newest = history.at(-1);
  if (newest === undefined) {
    return { kind: "note", text: `${contract} has no release yet; "concordat release" makes one.` };
  }
  const held = `${contract}: ${counted(history.length, "release")} up to ${newest.release}, unedited`;
  if (tree === undefined) return { kind: "done", text: `${held}.` };
  if (saysTheSame(newest, draftOfTree(tree)))
    return { kind: "done", text: `${held}; the working tree is ${newest.release}.` };
  const next = nextRelease(history, draftOfTree(tree), {}, comparer);
  const number = next?.document.release ?? newest.release;
  const step = next?.step ?? "patch";
  const text = `${held}; the working tree is ahead and would be ${number} (${step}).`;
  return { kind: "done", text };
}

/** Where nobody counted, silence says nothing. */
function unknownFinding(contract: string, rule: UseRule | undefined): Finding {
  if (rule === undefined || rule.fleet.contracts.has(contract))
    return { status: "ok", remarks: [] };
  const text = `${contract} is not among the contracts that were counted: nothing is known of who calls it.`;
  return { status: "ok", remarks: [{ kind: "warning", text }] };
}

function compatibility(
  project: Project,
  contract: string,
  history: readonly ReleaseDocument[],
  tree: ReleaseDocument,
  comparer: Comparer,
  rule: UseRule | undefined,
  isBridged: boolean,
): Finding {
  const newest = history.at(-1);
  const supported = servedReleases(project, contract, history);
  const older: OlderRelease[] = [];
  const compared: Compared[] = [];
  const statuses: ExitStatus[] = [];
  // An annotation stands where the change was made: in the source, not in the release.
  const file = resolve(project.root, project.sources.get(contract) ?? ".");
  for (const document of supported) {
    const before = document.release;
    const comparison = comparer.compareReleases(document, tree);
    const used = rule && usedChanges(document, comparison, rule);
    const names = { contract, before, after: "working tree", file };
    const pair = { ...names, comparison, ...present({ used }) };
    const judged = judge(pair, project.allow);
    if (newest !== undefined && isSameLine(before, newest.release)) {
      // What is fine with the newest release is fine with the older ones in the same words.
      const isNews = document === newest && comparison.changes.length > 0;
      if (isNews || statusOf(comparison.verdict) !== "ok") compared.push(judged.compared);
      statuses.push(statusOf(judged.verdict));
    } else if (statusOf(comparison.verdict) !== "ok") {
      older.push({ release: before, verdict: comparison.verdict });
    }
  }
  return {
    status: worstStatus(statuses),
    compared,
    remarks: olderLineRemarks(contract, older, isBridged),
  };
}

/** What a server would not start with. Without a module to look into, only what it will need is said. */
async function adaptersFinding(
  project: Project,
  contract: string,
  { history, derived }: History,
): Promise<Finding> {
  const adapters = await writtenAdapters(project, contract);
  const lowest = servedReleases(project, contract, history)[0]?.release;
  if (lowest === undefined) return { status: "ok", remarks: [] };
  // Only here is anything of the server needed.
  const { adapterProblems } = await import("@concordat/server/portable");
  const problems = adapterProblems({
    history,
    adapters: adapters ?? [],
    derived,
    floor: lowest,
  });
  if (adapters !== undefined) {
    const remarks = problems.map((text): Remark => ({
      kind: "problem",
      text: `${contract}: ${text}.`,
    }));
    return { status: remarks.length > 0 ? "breaking" : "ok", remarks };
  }
  if (problems.length === 0) return { status: "ok", remarks: [] };
  const how = `If one is written, name its module under "adapters" in the settings, and it is looked at here`;
  const text = `${contract}: ${problems.join("; ")}. ${how}.`;
  return { status: "ok", remarks: [{ kind: "note", text }] };
}

async function generatedFinding(
  project: Project,
  contract: string,
  known: History,
): Promise<Finding> {
  const remarks: Remark[] = [];
  for (const target of project.generate) {
    if (target.contract !== contract || known.history.length === 0) continue;
    const { folder, files } = stubOf(project, target, known);
    const outdated = await outdatedFiles(folder, files);
    const paths = [...outdated.map(({ path }) => path), ...(await strayFiles(folder, files))];
    if (paths.length === 0) continue;
    const names = paths.join(", ");
    const text = `${shownPath(folder)} is out of date (${names}): run "concordat generate ${contract}" and commit the result.`;
    remarks.push({ kind: "problem", text, file: folder });
  }
  return { status: remarks.length > 0 ? "breaking" : "ok", remarks };
}
