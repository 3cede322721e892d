/** What of a contract can be verified: its releases, and the adapters that are known. */
import type { adapterProblems } from "@concordat/server/portable";

import type { Remark } from "../report/report.ts";
import type { Subject } from "./theatre.ts";
import type { Project } from "../project/config.ts";
import { derivedIn } from "../project/derived-adapters.ts";
import { readHistory } from "../project/release-folder.ts";
import { servedReleases } from "../project/served-releases.ts";
import { writtenAdapters } from "../project/written-adapters.ts";

/** A contract to be verified, as far as it can be, and what has to be said about the rest. */
export interface FoundSubject {
  readonly subject: Subject | undefined;
  readonly remarks: readonly Remark[];
}

/**
 * What the releases and the settings say of a contract.
 *
 * Where the settings name no adapters, releases that need one are left out, and that is said. Where they do, one that
 * is missing is a problem: the server would not start either.
 */
export async function subjectOf(
  project: Project,
  contract: string,
  problemsOf: typeof adapterProblems,
): Promise<FoundSubject> {
  const history = await readHistory(project.contractsFolder, contract);
  if (history.length === 0)
    return {
      subject: undefined,
      remarks: [{ kind: "note", text: `${contract} has no release yet.` }],
    };
  const written = await writtenAdapters(project, contract);
  const derived = derivedIn(history);
  const adapters = written ?? [];
  const served = servedReleases(project, contract, history);
  const left: string[] = [];
  let why: readonly string[] = [];
  for (const { release: floor } of served) {
    const problems = problemsOf({ history, adapters, derived, floor });
    if (problems.length === 0) {
      const subject = { contract, history, adapters, derived, floor };
      return { subject, remarks: leftOut(contract, left, why) };
    }
    if (written !== undefined) {
      const said = problems.map((text): Remark => ({
        kind: "problem",
        text: `${contract}: ${text}.`,
      }));
      return { subject: undefined, remarks: said };
    }
    left.push(floor);
    // What stands between an older release and the newest holds what stands between a later one and it.
    if (why.length === 0) why = problems;
  }
  return { subject: undefined, remarks: leftOut(contract, left, why) };
}

function leftOut(
  contract: string,
  releases: readonly string[],
  why: readonly string[],
): readonly Remark[] {
  if (releases.length === 0) return [];
  const are = releases.length === 1 ? "is" : "are";
  const text = `${contract} ${releases.join(", ")} ${are} left out: ${why.join("; ")}. If an adapter is written, name its module under "adapters" in the settings, or the services with --services.`;
  return [{ kind: "warning", text }];
}
