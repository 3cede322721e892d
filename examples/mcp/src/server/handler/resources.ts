/** `resources/*`: what there is to read, and reading it. */
import { ConcordatError } from "@concordat/server";

import type { McpHandlers } from "../../generated/mcp/server.ts";
import { speaking } from "../own-revision.ts";
import { pageOf } from "../page.ts";
import type { Library } from "../resource/library.ts";
import { repositoryTemplates } from "../resource/repository.ts";
import { cached } from "../result.ts";

export function resourceHandlers(library: Library): McpHandlers["resources"] {
  return {
    list: speaking(async ({ cursor }) => {
      const { items, next } = pageOf(await library.list(), cursor);
      return cached({ resources: items, ...next }, 0);
    }),
    read: speaking(async ({ uri }) => {
      const found = await library.read(uri);
      if (found === undefined)
        throw new ConcordatError("not_found", `There is no resource ${JSON.stringify(uri)}.`);
      return cached({ contents: [{ uri, ...found }] }, 0);
    }),
    templates: {
      list: speaking(({ cursor }) => {
        const { items, next } = pageOf(repositoryTemplates, cursor);
        return cached({ resourceTemplates: items, ...next }, 3_600_000);
      }),
    },
  };
}
