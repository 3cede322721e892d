/** Reads JSON files that may be anything: the wrong size, the wrong encoding, no JSON at all. */
import { open, readFile } from "node:fs/promises";

import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

/** The largest file that is read, in bytes. A release of 700 procedures with 1,500 types has about 4 million. */
const maxFileBytes = 16 * 1024 * 1024;

/** How deeply a document may nest. Everything that walks one recurses, and a stack holds about ten times as much. */
const maxDepth = 1_000;

/**
 * The JSON value in a file.
 *
 * @throws UnusableInput when it is missing, too large, not UTF-8, not JSON, or nested too deeply.
 */
export async function readJsonFile(file: string): Promise<unknown> {
  const bytes = await readBounded(file);
  const value = parse(bytes, file);
  if (isDeeperThan(value, maxDepth)) {
    const message = `${shownPath(file)} nests more than ${maxDepth} levels deep; no contract needs that.`;
    throw new UnusableInput(message, file);
  }
  return value;
}

async function readBounded(file: string): Promise<Uint8Array> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      if (size > maxFileBytes) throw new UnusableInput(tooLarge(file, size), file);
    } finally {
      await handle.close();
    }
    return await readFile(file);
  } catch (error) {
    if (error instanceof UnusableInput) throw error;
    throw new UnusableInput(`${shownPath(file)} ${whyUnreadable(error)}.`, file);
  }
}

function tooLarge(file: string, size: number): string {
  return `${shownPath(file)} has ${size} bytes; the limit is ${maxFileBytes}. Split it, or leave out what no procedure uses.`;
}

function parse(bytes: Uint8Array, file: string): unknown {
  let text: string | undefined;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return JSON.parse(text);
  } catch (error) {
    // Two branches froze the same number: what one of them froze is a release, and the other's is the next.
    if (text !== undefined && /^<{7} /m.test(text)) {
      const message = `${shownPath(file)} holds both sides of a merge. Keep one of them as it was; where it is a release, release anew what the other one brought.`;
      throw new UnusableInput(message, file);
    }
    const reason = error instanceof SyntaxError ? error.message : "the file is not UTF-8 text";
    throw new UnusableInput(`${shownPath(file)} is not JSON: ${reason}.`, file);
  }
}

/** Walks with a list of its own: the point is to find out before anything recurses. */
function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap(
      (each) =>
        typeof each === "object" && each !== null ? (Object.values(each) as unknown[]) : [], // JSON holds nothing else
    );
  }
  return false;
}

const reasons: ReadonlyMap<unknown, string> = new Map([
  ["ENOENT", "does not exist"],
  ["ENOTDIR", "does not exist"],
  ["EISDIR", "is a folder, not a file"],
  ["EACCES", "may not be read: permission denied"],
]);

/** Why a file or folder could not be used, as the end of a sentence. */
export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return reasons.get(code) ?? `cannot be read (${String(code ?? error)})`;
}
