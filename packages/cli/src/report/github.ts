/** A report as GitHub Actions workflow commands: annotations beside the files of a pull request. */
import { findingLines, findingsOf, type Loudness } from "./finding.ts";
import { relativeFile } from "./relative-file.ts";
import type { RemarkKind, Report } from "./report.ts";

const commands = { error: "error", warning: "warning", note: "notice" } as const satisfies Record<
  Loudness,
  string
>;

const remarkCommands: ReadonlyMap<RemarkKind, string> = new Map([
  ["problem", "error"],
  ["warning", "warning"],
  ["note", "notice"],
]);

/**
 * A report as annotations, one a line.
 *
 * @param root The folder that GitHub takes paths to be relative to: the checkout.
 */
export function printGithub(report: Report, root: string): string {
  const findings = findingsOf(report).map((finding) => {
    const { change, compared, loudness } = finding;
    const title = `${change.verdict}: ${change.rule}`;
    return annotation(
      commands[loudness],
      { file: compared.file, title },
      findingLines(finding).join("\n"),
      root,
    );
  });
  const remarks = report.remarks.map(({ kind, text, file }) => {
    const command = remarkCommands.get(kind);
    // What is no annotation is still a line in the log.
    return command === undefined
      ? forLog(text)
      : annotation(command, { file, title: undefined }, text, root);
  });
  return [...findings, ...remarks].map((line) => `${line}\n`).join("");
}

function annotation(
  command: string,
  { file, title }: { readonly file: string | undefined; readonly title: string | undefined },
  text: string,
  root: string,
): string {
  const path = file === undefined ? undefined : relativeFile(root, file);
  const properties = Object.entries({ file: path, title })
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}=${escapedProperty(value)}`)
    .join(",");
  return `::${command}${properties === "" ? "" : ` ${properties}`}::${escaped(text)}`;
}

/** A text that starts with two colons would be a command: names in it come from anybody. */
function forLog(text: string): string {
  return text.replaceAll("::", ": :");
}

function escaped(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
