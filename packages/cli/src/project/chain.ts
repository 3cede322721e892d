/** Whether releases are a chain: none missing, none replaced, none out of order. Knows nothing of files. */
import type { ReleaseDocument } from "@concordat/core";
import { nextReleaseNumber, type Step } from "@concordat/core/internal";

const steps: readonly Step[] = ["patch", "minor", "major"];

/** What is wrong with a chain, oldest release first; undefined when nothing is. */
export function chainProblem(releases: readonly ReleaseDocument[]): string | undefined {
  for (const [index, release] of releases.entries()) {
    const problem = linkProblem(releases[index - 1], release);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/**
 * Two releases that were both made right after one: each was the next one on a branch of its own, and a merge brought
 * both. What that is and what to do; undefined where there are none.
 */
export function forkProblem(releases: readonly ReleaseDocument[]): string | undefined {
  const broken = releases.findIndex(
    (release, index) => linkProblem(releases[index - 1], release) !== undefined,
  );
  const release = releases[broken];
  const base = releases
    .slice(0, Math.max(0, broken))
    .findLastIndex(({ fingerprint }) => fingerprint === release?.previous);
  const [common, other] = [releases[base], releases[base + 1]];
  if (release === undefined || common === undefined || other === undefined) return undefined;
  // A missing one may have been made of the same messages as an older one that is here.
  if (!successorsOf(common.release).includes(release.release)) return undefined;
  return `${other.release} and ${release.release} both follow ${common.release}, so two branches released at once. Keep the one that clients have, delete the other with what follows it, and run "concordat release" for what it brought`;
}

function linkProblem(
  before: ReleaseDocument | undefined,
  release: ReleaseDocument,
): string | undefined {
  if (before === undefined) {
    if (release.previous === null) return undefined;
    return `${release.release} follows a release that is not here (${release.previous}): the first release file is missing`;
  }
  if (release.previous !== before.fingerprint) {
    const follows = release.previous ?? "no release at all";
    return `${release.release} says that it follows ${follows}, but the release before it here is ${before.release} (${before.fingerprint}): a release file is missing, was replaced, or renumbered`;
  }
  if (successorsOf(before.release).includes(release.release)) return undefined;
  return `${release.release} cannot follow ${before.release}: a release file between the two is missing`;
}

/** Every number that may follow a release; leaving 0.x is a step of its own. */
function successorsOf(number: string): readonly string[] {
  return [...steps.map((step) => nextReleaseNumber(number, step)), "1.0.0"];
}
