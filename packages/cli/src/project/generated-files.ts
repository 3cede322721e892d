/** Generated files on disk: which are out of date, and the writing of them. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { whyUnreadable } from "./json-file.ts";
import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

/** One generated file; its path is relative to the folder of the stub, with forward slashes. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** Those files of a folder that are missing or hold something else. */
export async function outdatedFiles(
  folder: string,
  files: readonly GeneratedFile[],
): Promise<readonly GeneratedFile[]> {
  const texts = await Promise.all(files.map(({ path }) => textOf(join(folder, path))));
  return files.filter(({ text }, index) => texts[index] !== text);
}

/**
 * Writes files, each whole or not at all.
 *
 * @throws UnusableInput when one cannot be written.
 */
export async function writeFiles(folder: string, files: readonly GeneratedFile[]): Promise<void> {
  for (const { path, text } of files) {
    const file = join(folder, path);
    try {
      await mkdir(dirname(file), { recursive: true });
      // A watching compiler must not meet half a file.
      const half = `${file}.${process.pid}.tmp`;
      await writeFile(half, text);
      await rename(half, file);
    } catch (error) {
      throw new UnusableInput(
        `${shownPath(file)} was not written: it ${whyUnreadable(error)}.`,
        file,
      );
    }
  }
}

/** A checkout may turn line ends around, and that is nobody's change. */
async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, "utf8").then(
    (text) => text.replaceAll("\r\n", "\n"),
    () => undefined,
  );
}
