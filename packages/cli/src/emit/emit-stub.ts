/** All files of a stub, from all releases of a contract. Pure: documents in, texts out. */
import type { DerivedAdapter, ReleaseDocument } from "@concordat/core";

import { clientModule } from "./client-module.ts";
import type { Module } from "./module.ts";
import { packageManifest } from "./package-manifest.ts";
import { packageReadme } from "./package-readme.ts";
import { ReleaseNames } from "./release-names.ts";
import { serverModule } from "./server-module.ts";
import { sourceText } from "./source-text.ts";
import type { SpokenForms } from "./offers.ts";
import { typesModule } from "./types-module.ts";

/** One file of a stub. */
export interface EmittedFile {
  /** Relative to the stub's folder, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What a stub is made from, and as what. */
export interface StubRequest {
  /** All releases of the contract, oldest first; the stub is that of the last one. */
  readonly history: readonly ReleaseDocument[];
  /** What was derived between neighbours of that history. */
  readonly derived: readonly DerivedAdapter[];
  /** The older forms that its client speaks too. */
  readonly spoken: SpokenForms;
  /** TypeScript sources to put into a repository, or an npm package of JavaScript with types. */
  readonly face: { readonly as: "ts" } | { readonly as: "package"; readonly name: string };
}

/**
 * The files of a stub.
 *
 * @throws TypeError when there is no release, when a schema refers to a definition that is not there, or when a
 * procedure's name is also that of a group.
 */
export function emitStub({ history, derived, spoken, face }: StubRequest): EmittedFile[] {
  const newest = history.at(-1);
  if (newest === undefined) throw new TypeError("There is no release to make a stub from.");
  const names = new ReleaseNames(newest);
  const modules = [
    typesModule(names, "types"),
    clientModule(history, spoken, names),
    serverModule(history, derived, names),
    // Of the newest too: an adapter goes on importing the two releases it was written for, whatever comes after them.
    ...history.map((document) =>
      typesModule(new ReleaseNames(document), `releases/${document.release}/types`),
    ),
  ];
  if (face.as === "ts") return modules.map(sourceFile);
  return [
    { path: "package.json", text: packageManifest(face.name, history) },
    { path: "README.md", text: packageReadme(face.name, newest) },
    ...modules.flatMap(packageFiles),
  ];
}

/** Only types are imported from the neighbours, so `.ts` works with every setting of the compiler. */
function sourceFile(module: Module): EmittedFile {
  return { path: `${module.path}.ts`, text: sourceText(module, "both", ".ts") };
}

function packageFiles(module: Module): EmittedFile[] {
  return [
    { path: `${module.path}.js`, text: sourceText(module, "values", ".js") },
    { path: `${module.path}.d.ts`, text: sourceText(module, "types", ".js") },
  ];
}
