/** `tools/*`: listing tools, and calling them. */
import { ConcordatError } from "@concordat/server";

import type { McpHandlers } from "../../generated/mcp/server.ts";
import { speaking } from "../own-revision.ts";
import { pageOf } from "../page.ts";
import { cached, complete } from "../result.ts";
import type { ToolBox } from "../tool/tool-box.ts";

export function toolHandlers(tools: ToolBox): McpHandlers["tools"] {
  const definitions = [...tools.values()].map(({ definition }) => definition);
  return {
    list: speaking(({ cursor }) => {
      const { items, next } = pageOf(definitions, cursor);
      return cached({ tools: items, ...next }, 3_600_000);
    }),
    call: speaking(async ({ name, arguments: given = {} }) => {
      const tool = tools.get(name);
      if (tool === undefined)
        throw new ConcordatError("invalid_argument", `Unknown tool: ${JSON.stringify(name)}.`);
      return complete(await tool.call(given));
    }),
  };
}
