/** `completion/complete`: what an argument of a prompt, or a gap of a resource template, may be. */
import { ConcordatError } from "@concordat/server";

import type { McpHandlers } from "../../generated/mcp/server.ts";
import type { ResourceTemplate } from "../../generated/mcp/types.ts";
import { speaking } from "../own-revision.ts";
import type { PromptFile } from "../prompt/prompt-file.ts";
import type { Library } from "../resource/library.ts";
import { repositoryTemplates } from "../resource/repository.ts";
import { complete } from "../result.ts";

/** What the protocol allows in one answer. */
const mostValues = 100;

export function completionHandlers(
  prompts: ReadonlyMap<string, PromptFile>,
  library: Library,
): McpHandlers["completion"] {
  return {
    complete: speaking(async ({ ref, argument }) => {
      const uris = (await library.list()).map(({ uri }) => uri);
      const possible =
        ref.type === "ref/prompt"
          ? valuesForPrompt(prompts.get(ref.name), argument.name, uris)
          : valuesForTemplate(ref.uri, uris);
      if (possible === undefined)
        throw new ConcordatError("invalid_argument", "There is no such prompt or template.");
      const fitting = possible.filter((value) => value.includes(argument.value));
      const values = fitting.slice(0, mostValues);
      const hasMore = fitting.length > values.length;
      return complete({ completion: { values, total: fitting.length, hasMore } });
    }),
  };
}

/** An argument that is called like a template takes the URIs of that template. */
function valuesForPrompt(
  prompt: PromptFile | undefined,
  argument: string,
  uris: readonly string[],
): readonly string[] | undefined {
  if (prompt === undefined) return undefined;
  const template = repositoryTemplates.find(({ name }) => name === argument);
  return template === undefined ? [] : uris.filter((uri) => gapOf(template, uri) !== undefined);
}

function valuesForTemplate(
  uriTemplate: string,
  uris: readonly string[],
): readonly string[] | undefined {
  const template = repositoryTemplates.find((each) => each.uriTemplate === uriTemplate);
  if (template === undefined) return undefined;
  return uris.map((uri) => gapOf(template, uri)).filter((value) => value !== undefined);
}

/** What stands in a template's one gap when it is filled to this URI. */
function gapOf({ uriTemplate }: ResourceTemplate, uri: string): string | undefined {
  const [start = "", end = ""] = uriTemplate.split(/\{[^}]*\}/);
  const fits = uri.length > start.length + end.length && uri.startsWith(start) && uri.endsWith(end);
  return fits ? uri.slice(start.length, uri.length - end.length) : undefined;
}
