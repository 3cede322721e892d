/** Files as reports for programs name them. */
import { relative, sep } from "node:path";

/** A file as seen from a folder, with forward slashes: the same on every machine that has the same checkout. */
export function relativeFile(root: string, file: string): string {
  return relative(root, file).split(sep).join("/");
}
