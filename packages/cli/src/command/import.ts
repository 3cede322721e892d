/** `concordat import`: make releases of schemas that were published elsewhere. */
import { basename, resolve } from "node:path";

import { isContractName } from "@concordat/core/internal";

import { importedDraft, type Source } from "../import/imported-draft.ts";
import { docOfRevision, type ImportedRevision, planImport } from "../import/import-plan.ts";
import { ImportNotes } from "../import/import-notes.ts";
import { isOpenRpc, openRpcMapping } from "../import/openrpc.ts";
import { mappingFor } from "../import/procedure-mapping.ts";
import type { Texts } from "../import/schema-importer.ts";
import { judge } from "../project/allowance.ts";
import { findProject } from "../project/config.ts";
import { counted } from "../project/counted.ts";
import { readJsonFile } from "../project/json-file.ts";
import { readHistory, releaseFile, writeRelease } from "../project/release-folder.ts";
import type { NextRelease } from "../project/next-release.ts";
import { shownPath } from "../project/shown-path.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import { allFormats } from "../report/format.ts";
import type { Remark, Report } from "../report/report.ts";
import type { Compared } from "../project/compared.ts";
import { defineCommand } from "./command.ts";
import { firstFlag, firstNumber, notFirst } from "./first-number.ts";

/** A file to import, and how its revision is called. */
interface RevisionFile {
  readonly name: string;
  readonly file: string;
}

export const importReleases = defineCommand({
  name: "import",
  summary: "Make releases of JSON Schema or OpenRPC documents that were published elsewhere.",
  details: [
    "Each FILE is one revision, oldest first; each becomes a release, with the number that its changes demand. A mapping file says which schemas are the messages of which procedure; an OpenRPC document says so itself.",
    "What contracts do not have is rewritten or left out, and every such change is printed. Running the same import again adds only what is new.",
  ],
  operands: [{ name: "FILE", summary: "A document, one for each revision.", count: "one or more" }],
  flags: {
    contract: { summary: "The contract's name. Required.", value: "NAME" },
    procedures: {
      summary: "The mapping file. Required for JSON Schema documents.",
      value: "FILE",
    },
    revision: {
      summary:
        "How a FILE's revision is called, in the mapping and in the release; once for each FILE, in their order. Default: the file's name.",
      value: "NAME",
      given: "often",
    },
    "drop-texts": {
      summary: "Leave out titles, descriptions and examples: another licence may hold for them.",
    },
    first: firstFlag,
    out: {
      summary: "The folder of the release files. Default: the one in the project's settings.",
      value: "FOLDER",
    },
    "dry-run": { summary: "Say what would be written, and write nothing." },
  },
  formats: allFormats,
  examples: [
    "import --contract mcp --procedures procedures.json 2024-11-05.schema.json 2025-03-26.schema.json",
    "import --contract eth --out contracts --drop-texts openrpc.json --revision 1.4",
  ],
  async run({ cwd, operands, flags }): Promise<Report> {
    const contract = contractName(flags.contract);
    const folder = flags.out === undefined ? undefined : resolve(cwd, flags.out);
    const project = folder === undefined ? await findProject(cwd) : undefined;
    const contracts = folder ?? project?.contractsFolder ?? "";
    const mappingFile = flags.procedures === undefined ? undefined : resolve(cwd, flags.procedures);
    const texts: Texts = flags["drop-texts"] ? "drop" : "keep";

    const remarks: Remark[] = [];
    const revisions: ImportedRevision[] = [];
    for (const { name, file } of revisionFiles(operands, flags.revision, cwd)) {
      const notes = new ImportNotes(name);
      const source = await sourceOf(name, file, mappingFile, { texts, notes });
      revisions.push({ name, draft: importedDraft(contract, source, texts, notes) });
      remarks.push(...notes.remarks());
    }
    const history = await readHistory(contracts, contract);
    const wishes = firstNumber(flags.first);
    const [begun, newest] = [history[0]?.release, history.at(-1)?.release];
    // The same import again, with one revision more, says how the contract began.
    if (wishes.first !== undefined && newest !== undefined && begun !== wishes.first)
      throw notFirst([{ contract, newest }]);
    const plan = planImport(history, revisions, wishes);
    remarks.push(...plan.remarks);
    for (const next of plan.releases) {
      if (!flags["dry-run"]) await writeRelease(contracts, next.document);
      remarks.push(remarkOn(next, contracts, flags["dry-run"] ? "would be" : "is"));
    }
    const allow = project?.allow ?? [];
    const compared = plan.releases.flatMap((next) => pairIn(next, contracts));
    return {
      status: "ok",
      compared: compared.map((pair) => judge(pair, allow).compared),
      remarks,
    };
  },
});

function contractName(name: string | undefined): string {
  if (name === undefined)
    throw new UnusableInput(
      'concordat import needs --contract NAME. See "concordat import --help".',
    );
  if (isContractName(name)) return name;
  throw new UnusableInput(
    `${JSON.stringify(name)} cannot name a contract: lower-case letters, digits and "-", at most 64, a letter first.`,
  );
}

function revisionFiles(
  files: readonly string[],
  names: readonly string[],
  cwd: string,
): readonly RevisionFile[] {
  if (names.length > 0 && names.length !== files.length) {
    throw new UnusableInput(
      `--revision is given ${counted(names.length, "time")} for ${counted(files.length, "file")}: give one for each file, in their order, or none.`,
    );
  }
  const revisions = files.map((file, index) => ({
    name: names[index] ?? basename(file).replace(/(\.schema|\.openrpc)?\.json$/, ""),
    file: resolve(cwd, file),
  }));
  const called = revisions.map(({ name }) => name);
  const twice = called.find((name, index) => called.indexOf(name) < index);
  if (twice === undefined) return revisions;
  throw new UnusableInput(
    `Two revisions are called ${twice}, and a release says which one it is: give each FILE a name with --revision.`,
  );
}

async function sourceOf(
  name: string,
  file: string,
  mappingFile: string | undefined,
  { texts, notes }: { readonly texts: Texts; readonly notes: ImportNotes },
): Promise<Source> {
  const document = await readJsonFile(file);
  const about = { document, name: shownPath(file), doc: docOfRevision(name) };
  if (mappingFile !== undefined)
    return { ...about, mapping: mappingFor(await readJsonFile(mappingFile), name, mappingFile) };
  if (isOpenRpc(document))
    return { ...about, mapping: openRpcMapping(document, texts, notes, shownPath(file)) };
  throw new UnusableInput(
    `${shownPath(file)} is no OpenRPC document, so its procedures have to be named: give --procedures FILE. docs/reference/import.md describes that file.`,
    file,
  );
}

function remarkOn(next: NextRelease, contracts: string, how: "is" | "would be"): Remark {
  const { document, step } = next;
  const file = releaseFile(contracts, document);
  const what = `${document.contract} ${document.release} (${step ?? "first release"})`;
  const text = `${what} ${how} written to ${shownPath(file)}: ${document.doc ?? ""}`;
  return { kind: how === "is" ? "done" : "note", text, file };
}

function pairIn(next: NextRelease, contracts: string): readonly Omit<Compared, "allowed">[] {
  const { document, before, comparison } = next;
  if (before === undefined || comparison === undefined) return [];
  const file = releaseFile(contracts, document);
  const names = { before: before.release, after: document.release };
  return [{ contract: document.contract, ...names, comparison, file }];
}
