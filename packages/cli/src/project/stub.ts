/** The seam to the stub emitter: which files a target of the settings consists of. */
import { resolve } from "node:path";

import type { DerivedAdapter, ReleaseDocument } from "@concordat/core";

import { emitStub, type StubRequest } from "../emit/emit-stub.ts";
import type { Project } from "./config.ts";
import type { GenerateTarget } from "./config-file.ts";
import type { GeneratedFile } from "./generated-files.ts";
import { shownPath } from "./shown-path.ts";
import { spokenFormsIn } from "./spoken-forms.ts";
import { UnusableInput } from "./unusable-input.ts";

/** A folder, and what belongs into it. */
export interface Stub {
  /** The release that the stub speaks. */
  readonly release: string;
  readonly folder: string;
  readonly files: readonly GeneratedFile[];
}

/** All releases of a contract, oldest first, and what was derived between them. */
export interface History {
  readonly history: readonly ReleaseDocument[];
  readonly derived: readonly DerivedAdapter[];
}

/**
 * The files of one target, from all releases of its contract, oldest first.
 *
 * @throws UnusableInput when the target names a release that is not there, or one that no stub can be made of: a
 * release that was written by hand may refer to a definition that it lacks.
 */
export function stubOf(
  project: Project,
  target: GenerateTarget,
  { history, derived }: History,
): Stub {
  const { contract } = target;
  const at = history.findIndex(({ release }) => release === target.release);
  const known = target.release === undefined ? history : history.slice(0, at + 1);
  const newest = known.at(-1);
  if (newest === undefined) {
    const releases = history.map(({ release }) => release).join(", ");
    throw new UnusableInput(
      `${shownPath(project.file)} asks for stubs of ${contract} ${target.release ?? ""}, which is none of its releases: ${releases}.`,
      project.file,
    );
  }
  const folder = resolve(project.root, target.out);
  try {
    const files = emitStub({
      history: known,
      derived: among(known, derived),
      spoken: spokenFormsIn(known),
      face: faceOf(target),
    });
    return { release: newest.release, folder, files };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UnusableInput(
      `No stub can be made of ${contract} ${newest.release}: ${error.message}`,
    );
  }
}

/** What was derived between releases that a stub knows. */
function among(
  known: readonly ReleaseDocument[],
  derived: readonly DerivedAdapter[],
): readonly DerivedAdapter[] {
  return derived.filter(({ to }) => known.some(({ release }) => release === to));
}

function faceOf({ as, contract, package: name = contract }: GenerateTarget): StubRequest["face"] {
  return as === "package" ? { as, name } : { as };
}
