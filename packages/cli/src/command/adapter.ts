/** `concordat adapter`: draft what stands between two neighbouring releases. */
import { access, mkdir, writeFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";

import type { ReleaseDocument } from "@concordat/core";

import { adapterModule } from "../draft/adapter-module.ts";
import { sourceText } from "../emit/source-text.ts";
import { draftAdapter, isOpen, type ProcedureDraft } from "../draft/adapter-draft.ts";
import { findProject, type Project } from "../project/config.ts";
import { contractsOf } from "../project/contract-names.ts";
import { readHistory } from "../project/release-folder.ts";
import { shownPath } from "../project/shown-path.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import { unwritten } from "../project/unwritten.ts";
import type { Remark, Report } from "../report/report.ts";
import { defineCommand } from "./command.ts";

export const adapter = defineCommand({
  name: "adapter",
  summary: "Draft the adapter between two neighbouring releases.",
  details: [
    "What could be derived needs nothing. What could be drafted is filled in as steps, which were tried on the values that show what changed; look at them, they are guesses. What could not, or does not do it, is a hole that does not compile, with the reason and a value that shows it beside it.",
    "The file is yours: it is written once, and never over another one.",
  ],
  operands: [
    { name: "FROM", summary: "The older release.", count: "one" },
    { name: "TO", summary: "The release right after it.", count: "one" },
  ],
  flags: {
    contract: {
      summary: "The contract. Default: the only one of the project.",
      value: "CONTRACT",
    },
    out: {
      summary: "The file to write. Default: src/adapters/CONTRACT-FROM.ts.",
      value: "FILE",
    },
  },
  formats: ["text", "json"],
  examples: ["adapter 1.4.0 2.0.0", "adapter 1.0.0 2.0.0 --contract orders --out src/from-1.ts"],
  async run({ cwd, operands, flags }): Promise<Report> {
    const [from = "", to = ""] = operands;
    const project = await findProject(cwd);
    const contract = await theContract(project, flags.contract);
    const history = await readHistory(project.contractsFolder, contract);
    const [older, newer] = neighbours(history, from, to);
    const file =
      flags.out === undefined
        ? resolve(project.root, `src/adapters/${contract}-${from}.ts`)
        : resolve(cwd, flags.out);
    const drafts = draftAdapter(older, newer);
    const types = typesOf(project, history, older, newer, file);
    const module = adapterModule({ older, newer, drafts, types });
    await writeOnce(file, sourceText(module, "both", ".ts"));
    return { status: "ok", compared: [], remarks: remarksOn(file, drafts) };
  },
});

async function theContract(project: Project, asked: string | undefined): Promise<string> {
  const names = await contractsOf(project, asked);
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) return only;
  throw new UnusableInput(`Say which contract with --contract: ${names.join(", ")}.`, project.file);
}

function neighbours(
  history: readonly ReleaseDocument[],
  from: string,
  to: string,
): readonly [ReleaseDocument, ReleaseDocument] {
  const at = history.findIndex(({ release }) => release === from);
  const [older, newer] = [history[at], history[at + 1]];
  if (at >= 0 && older !== undefined && newer?.release === to) return [older, newer];
  const pairs = history
    .slice(1)
    .map(({ release }, index) => `${history[index]?.release} ${release}`);
  throw new UnusableInput(
    `${from} and ${to} are no neighbouring releases, and adapters go from each to the next. There are ${pairs.join(", ") || "none"}.`,
  );
}

/** Where the messages of both releases are typed: in the generated sources that know the newer one. */
function typesOf(
  project: Project,
  history: readonly ReleaseDocument[],
  older: ReleaseDocument,
  newer: ReleaseDocument,
  file: string,
): { readonly older: string; readonly newer: string } {
  const newest = history.at(-1)?.release;
  const target = project.generate.find(
    ({ contract, as, release = newest }) =>
      contract === newer.contract && as === "ts" && release === newest,
  );
  if (target === undefined) {
    throw new UnusableInput(
      `${shownPath(project.file)} asks for no TypeScript stubs of ${newer.contract} ${newest}, whose types an adapter is written with. Add them under "generate".`,
      project.file,
    );
  }
  const folder = resolve(project.root, target.out);
  const module = (release: string): string => {
    const path = resolve(folder, `releases/${release}/types`);
    const way = relative(dirname(file), path).split(sep).join("/");
    return way.startsWith(".") ? way : `./${way}`;
  };
  return { older: module(older.release), newer: module(newer.release) };
}

async function writeOnce(file: string, text: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new UnusableInput(`${shownPath(file)} is there already. Name another with --out.`, file);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text, { flag: "wx" });
  } catch (error) {
    throw unwritten(file, error);
  }
}

function remarksOn(file: string, drafts: ReadonlyMap<string, ProcedureDraft>): readonly Remark[] {
  const named = (of: (draft: ProcedureDraft) => boolean): string =>
    [...drafts]
      .filter(([, draft]) => of(draft))
      .map(([name]) => name)
      .join(", ");
  const derived = named(({ fate }) => fate === "derived");
  const open = named(hasHole);
  const drafted = named((draft) => draft.fate === "converted" && !hasHole(draft));
  return [
    { kind: "done", text: `${shownPath(file)} is written.`, file },
    ...(derived === ""
      ? []
      : [{ kind: "text", text: `Derived, nothing to write: ${derived}.` } as const]),
    ...(drafted === ""
      ? []
      : [{ kind: "text", text: `Drafted, look at it: ${drafted}.` } as const]),
    ...(open === "" ? [] : [{ kind: "text", text: `To be written by you: ${open}.` } as const]),
  ];
}

function hasHole(draft: ProcedureDraft): boolean {
  if (draft.fate !== "converted") return draft.fate !== "derived";
  return [draft.request, draft.response, ...draft.errors].some(isOpen);
}
