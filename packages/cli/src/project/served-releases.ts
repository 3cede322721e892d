/** Which releases of a contract servers still serve, as the settings say. */
import type { ReleaseDocument } from "@concordat/core";
import { compareReleaseNumbers } from "@concordat/core/internal";

import type { Project } from "./config.ts";
import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

/**
 * The releases from the contract's floor on, oldest first.
 *
 * @throws UnusableInput when the floor is none of the releases: no server would start with it, and above the newest one
 *   nothing would be looked at.
 */
export function servedReleases(
  project: Project,
  contract: string,
  history: readonly ReleaseDocument[],
): readonly ReleaseDocument[] {
  const floor = project.floor.get(contract);
  if (floor === undefined || history.length === 0) return history;
  if (!history.some(({ release }) => release === floor)) {
    const known = history.map(({ release }) => release).join(", ");
    throw new UnusableInput(
      `${shownPath(project.file)}: the floor of ${contract} is ${floor}, which is none of its releases: ${known}.`,
      project.file,
    );
  }
  return history.filter(({ release }) => compareReleaseNumbers(release, floor) >= 0);
}
