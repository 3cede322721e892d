/** 2025-03-26 and 2025-06-18: results may link to resources instead of holding them, which is a text to the older one. */
import { type AdapterStep, defineAdapter } from "@concordat/server";

import type { Procedures as Older } from "../generated/mcp/releases/2.0.0/types.ts";
import type { Procedures as Newer } from "../generated/mcp/releases/3.0.0/types.ts";
import { greetedIn } from "./greeted-in.ts";

export const from2025March = defineAdapter<Older, Newer>({
  from: "2.0.0",
  to: "3.0.0",
  procedures: {
    initialize: { response: greetedIn("2025-03-26") },
    "tools/call": { response: [withoutLinks("/content/*")] },
    "prompts/get": { response: [withoutLinks("/messages/*/content")] },
  },
});

/** A link is its address, as a text. */
function withoutLinks(at: string): AdapterStep {
  return {
    step: "variant",
    at,
    tag: "type",
    is: "resource_link",
    steps: [
      { step: "rename", at: "", from: "uri", to: "text" },
      { step: "constant", at: "", name: "type", value: "text" },
    ],
  };
}
