/** A prompt as it is written down: a heading, then a text with `{gaps}` for its arguments. */
import type { Prompt } from "../../generated/mcp/types.ts";

const gap = /\{([a-z]+)\}/g;

/** One prompt. */
export interface PromptFile {
  readonly definition: Prompt;
  /** The text with its gaps filled. A gap without a value keeps its name, as in a letter to be finished by hand. */
  textWith(values: ReadonlyMap<string, string>): string;
}

/** Reads a prompt from its file's name and text. */
export function promptFrom(fileName: string, source: string): PromptFile {
  const [heading = "", ...lines] = source.split("\n");
  const text = lines.join("\n").trim();
  const names = new Set([...text.matchAll(gap)].map(([, name = ""]) => name));
  return {
    definition: {
      name: fileName.replace(/\.md$/, ""),
      title: heading.replace(/^#\s*/, ""),
      arguments: [...names].map((name) => ({ name, required: true })),
    },
    textWith: (values) => text.replaceAll(gap, (whole, name: string) => values.get(name) ?? whole),
  };
}
