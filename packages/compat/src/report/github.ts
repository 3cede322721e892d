/** A comparison as annotations of a pull request. */
import type { Change } from "../compare/change.ts";
import { type Compared, groups, placeOf, type Reported } from "./heading.ts";
import { valueText } from "./printable.ts";

/** One workflow command a line; compatible changes are left out. */
export function githubReport(comparison: Reported, { file }: Compared): string {
  return groups(comparison)
    .flatMap(({ changes }) => changes)
    .filter(({ verdict }) => verdict !== "compatible")
    .map((change) => annotation(change, file))
    .join("\n");
}

function annotation(change: Change, file: string | undefined): string {
  const level =
    change.direction === "old-client-new-server" && change.verdict !== "lossy"
      ? "error"
      : "warning";
  const witness = "witness" in change ? ` Witness: ${valueText(change.witness)}` : "";
  const where = file === undefined ? "" : `file=${property(file)},`;
  return `::${level} ${where}title=${property(`${change.rule} ${placeOf(change)}`)}::${data(change.message + witness)}`;
}

/** What ends a command or a property must not come from a schema. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
