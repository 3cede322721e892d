/** `prompts/*`: texts with gaps, and the same with the gaps filled and the documents that they name attached. */
import { ConcordatError } from "@concordat/server";

import type { McpHandlers } from "../../generated/mcp/server.ts";
import type { PromptMessage } from "../../generated/mcp/types.ts";
import { speaking } from "../own-revision.ts";
import { pageOf } from "../page.ts";
import type { PromptFile } from "../prompt/prompt-file.ts";
import type { Library } from "../resource/library.ts";
import { cached, complete } from "../result.ts";

export function promptHandlers(
  prompts: ReadonlyMap<string, PromptFile>,
  library: Library,
): McpHandlers["prompts"] {
  const definitions = [...prompts.values()].map(({ definition }) => definition);
  return {
    list: speaking(({ cursor }) => {
      const { items, next } = pageOf(definitions, cursor);
      return cached({ prompts: items, ...next }, 3_600_000);
    }),
    get: speaking(async ({ name, arguments: given = {} }) => {
      const prompt = prompts.get(name);
      if (prompt === undefined)
        throw new ConcordatError("invalid_argument", `Unknown prompt: ${JSON.stringify(name)}.`);
      const values = new Map(Object.entries(given));
      refuseGaps(prompt, values);
      const text: PromptMessage = {
        role: "user",
        content: { type: "text", text: prompt.textWith(values) },
      };
      const attached = await Promise.all(
        [...values.values()].map((uri) => attachment(uri, library)),
      );
      return complete({ messages: [text, ...attached.flat()] });
    }),
  };
}

function refuseGaps({ definition }: PromptFile, values: ReadonlyMap<string, string>): void {
  const missing = (definition.arguments ?? []).filter(({ name }) => !values.has(name));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(", ");
  throw new ConcordatError("invalid_argument", `The prompt ${definition.name} needs ${names}.`);
}

/** A value that is the URI of a resource brings the resource along. */
async function attachment(uri: string, library: Library): Promise<readonly PromptMessage[]> {
  const found = await library.read(uri);
  if (found === undefined) return [];
  return [{ role: "user", content: { type: "resource", resource: { uri, ...found } } }];
}
