/** Paths as a person reads them. */
import { isAbsolute, relative, sep } from "node:path";

/** A path relative to where the command was started, or as it is when it lies elsewhere; with forward slashes. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  const far = near.startsWith("..") || isAbsolute(near);
  return (far ? path : near === "" ? "." : near).split(sep).join("/");
}
