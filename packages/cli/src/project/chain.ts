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
