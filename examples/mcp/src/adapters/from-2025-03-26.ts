/** 2025-03-26 and 2025-06-18: results may link to resources instead of holding them, which is a text to the older one. */
import { defineAdapter } from "@concordat/server";

import type {
  CallToolResult as OlderToolResult,
  Procedures as Older,
} from "../generated/mcp/releases/2.0.0/types.ts";
import type { ContentBlock, Procedures as Newer } from "../generated/mcp/releases/3.0.0/types.ts";
import { greetedIn } from "./greeted-in.ts";

export const from2025March = defineAdapter<Older, Newer>({
  from: "2.0.0",
  to: "3.0.0",
  procedures: {
    initialize: { response: greetedIn("2025-03-26") },
    "tools/call": {
      response: (newer) => ({ ...newer, content: newer.content.map(withoutLinks) }),
    },
    "prompts/get": {
      response: (newer) => ({
        ...newer,
        messages: newer.messages.map(({ role, content }) => ({
          role,
          content: withoutLinks(content),
        })),
      }),
    },
  },
});

function withoutLinks(content: ContentBlock): OlderToolResult["content"][number] {
  if (content.type !== "resource_link") return content;
  const { name, title = name, uri } = content;
  return { type: "text", text: title === uri ? uri : `${title}: ${uri}` };
}
