/** Why a file could not be written, in a sentence. */
import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

const reasons: ReadonlyMap<unknown, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EROFS", "the file system is read-only"],
  ["ENOSPC", "the disk is full"],
  ["EISDIR", "a folder stands there"],
  ["ENOTDIR", "a file stands where a folder has to be"],
  ["EEXIST", "something stands there already"],
]);

/** The error of a file that was not written. */
export function unwritten(file: string, error: unknown): UnusableInput {
  const said = error instanceof Error && "code" in error ? error.code : undefined;
  // Where a folder is made, what stands there already is a file.
  const isInTheWay = error instanceof Error && "syscall" in error && error.syscall === "mkdir";
  const code = isInTheWay && said === "EEXIST" ? "ENOTDIR" : said;
  const reason = reasons.get(code) ?? String(code ?? error);
  return new UnusableInput(`${shownPath(file)} was not written: ${reason}.`, file);
}
