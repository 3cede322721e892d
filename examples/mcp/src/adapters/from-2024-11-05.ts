/** 2024-11-05 and 2025-03-26: sound joined text and pictures, which the older revision knows alone. */
import { defineAdapter } from "@concordat/server";

import type {
  CallToolResult as OlderToolResult,
  Procedures as Older,
} from "../generated/mcp/releases/1.0.0/types.ts";
import type {
  CallToolResult as NewerToolResult,
  Procedures as Newer,
} from "../generated/mcp/releases/2.0.0/types.ts";
import { greetedIn } from "./greeted-in.ts";

export const from2024November = defineAdapter<Older, Newer>({
  from: "1.0.0",
  to: "2.0.0",
  procedures: {
    initialize: { response: greetedIn("2024-11-05") },
    "tools/call": {
      response: (newer) => ({ ...newer, content: newer.content.map(withoutSound) }),
    },
    "prompts/get": {
      response: (newer) => ({
        ...newer,
        messages: newer.messages.map(({ role, content }) => ({
          role,
          content: withoutSound(content),
        })),
      }),
    },
  },
});

function withoutSound(
  content: NewerToolResult["content"][number],
): OlderToolResult["content"][number] {
  if (content.type !== "audio") return content;
  const { mimeType, data } = content;
  return {
    type: "text",
    text: `[${mimeType}: ${Buffer.byteLength(data, "base64")} bytes of sound]`,
  };
}
