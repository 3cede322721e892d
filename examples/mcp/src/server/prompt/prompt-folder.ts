/** The prompts of a folder, one Markdown file each. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { type PromptFile, promptFrom } from "./prompt-file.ts";

/** Reads all prompts, by name. */
export async function promptsIn(folder: string): Promise<ReadonlyMap<string, PromptFile>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".md")).toSorted();
  const prompts = await Promise.all(
    names.map(async (name) => promptFrom(name, await readFile(join(folder, name), "utf8"))),
  );
  return new Map(prompts.map((prompt) => [prompt.definition.name, prompt]));
}
