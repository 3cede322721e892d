/** What verifying came to, in words. */
import { type Finding, laws } from "./law.ts";
import { triedTable } from "./table.ts";
import type { Verified } from "./verify-contract.ts";
import { counted } from "../project/counted.ts";
import type { Remark } from "../report/report.ts";
import { witnessText } from "../report/witness-text.ts";

/** Messages beyond this length are cut: whoever wants all of one reads the JSON. */
const longest = 2_000;

/** The table of one contract, with what was tried beside it. */
export function verifiedRemark(verified: Verified, seed: number): Remark {
  const { contract, tried, handshakes, fingerprints, findings } = verified;
  const runs = tried.reduce((sum, { values }) => sum + values, 0);
  const releases = new Set(tried.map(({ release }) => release)).size;
  const found = findings.length === 0 ? "nothing found" : `${findings.length} found`;
  const product = `${counted(releases, "release")} × procedures × values = ${counted(runs, "run")}`;
  const beside = `${counted(handshakes, "handshake")}, ${counted(fingerprints, "fingerprint")}`;
  const line = `${contract}: ${product}, ${beside}, seed ${seed}: ${found}.`;
  return { kind: "text", text: [line, ...triedTable(verified), ...refusedLines(tried)].join("\n") };
}

/** What says nothing: a procedure of which every call was refused. */
function refusedLines(tried: Verified["tried"]): readonly string[] {
  return tried
    .filter(({ values, refused = 0, treatment }) => {
      const isAll = refused > 0 && refused === values;
      return isAll && treatment !== "unimplemented";
    })
    .map(
      ({ release, procedure, values }) =>
        `  ${procedure} ${release}: every call (${values}) was refused by the handler.`,
    );
}

/** One finding, with the messages that show it. */
export function findingRemark(finding: Finding): Remark {
  const { law, contract, release, procedure, step, path, message, requests, answers } = finding;
  const where =
    procedure === undefined ? `${contract} ${release}` : `${contract}/${procedure} ${release}`;
  const lines = [
    `${where}: ${message}`,
    `  law: ${law}: ${laws[law]}`,
    ...(step === undefined ? [] : [`  adapter: ${step}`]),
    ...(path === "" ? [] : [`  path: ${path}`]),
    ...(requests === undefined ? [] : [`  sent: ${short(requests)}`]),
    ...(answers === undefined ? [] : [`  answered: ${short(answers)}`]),
  ];
  return { kind: "problem", text: lines.join("\n") };
}

function short(messages: readonly unknown[]): string {
  if (messages.length === 0) return "nothing";
  const text = messages.map(witnessText).join(", ");
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
