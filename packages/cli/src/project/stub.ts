/** The seam to the stub emitter: which files a target of the settings consists of. */
import { resolve } from "node:path";

import type { ReleaseDocument } from "@concordat/core";

import type { Project } from "./config.ts";
import type { GenerateTarget } from "./config-file.ts";
import type { GeneratedFile } from "./generated-files.ts";

/** A folder, and what belongs into it. */
export interface Stub {
  readonly folder: string;
  readonly files: readonly GeneratedFile[];
}

/** The files of one target, from all releases of its contract, oldest first. */
export function stubOf(
  project: Project,
  target: GenerateTarget,
  history: readonly ReleaseDocument[],
): Stub {
  const folder = resolve(project.root, target.out);
  return { folder, files: history.map((each) => ({ path: `${each.release}.txt`, text: "" })) };
}
