/** 2024-11-05 and 2025-03-26: sound joined text and pictures, which the older revision knows alone. */
import { type AdapterStep, defineAdapter } from "@concordat/server";

import type { Procedures as Older } from "../generated/mcp/releases/1.0.0/types.ts";
import type { Procedures as Newer } from "../generated/mcp/releases/2.0.0/types.ts";
import { greetedIn } from "./greeted-in.ts";

export const from2024November = defineAdapter<Older, Newer>({
  from: "1.0.0",
  to: "2.0.0",
  procedures: {
    initialize: { response: greetedIn("2024-11-05") },
    "tools/call": { response: [withoutSound("/content/*")] },
    "prompts/get": { response: [withoutSound("/messages/*/content")] },
  },
});

/** Sound is a text that says which kind of it there was. */
function withoutSound(at: string): AdapterStep {
  return {
    step: "variant",
    at,
    tag: "type",
    is: "audio",
    steps: [
      { step: "rename", at: "", from: "mimeType", to: "text" },
      { step: "constant", at: "", name: "type", value: "text" },
    ],
  };
}
