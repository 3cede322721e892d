/** `server/discover`: who this is, and what can be asked of it. */
import type { McpHandlers } from "../../generated/mcp/server.ts";
import { ownRevision, speaking } from "../own-revision.ts";
import { cached } from "../result.ts";

export const serverHandlers: McpHandlers["server"] = {
  discover: speaking(() =>
    cached(
      {
        supportedVersions: [ownRevision],
        capabilities: {
          completions: {},
          prompts: {},
          resources: { listChanged: true, subscribe: true },
          tools: {},
        },
        instructions: "Tools compute; resources are this repository's documents, and notes.",
      },
      3_600_000,
    ),
  ),
};
