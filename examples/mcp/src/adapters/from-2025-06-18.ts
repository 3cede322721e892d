/** 2025-06-18 and 2025-11-25: what a client is capable of got a form, where anything could be said before. */
import { defineAdapter } from "@concordat/server";

import type { Procedures as Older } from "../generated/mcp/releases/3.0.0/types.ts";
import type { Procedures as Newer } from "../generated/mcp/releases/4.0.0/types.ts";
import { greetedIn } from "./greeted-in.ts";

export const from2025June = defineAdapter<Older, Newer>({
  from: "3.0.0",
  to: "4.0.0",
  procedures: {
    initialize: {
      // That a client can be asked at all is what the older form says; an empty object says the same in the newer.
      request: [
        { step: "drop", at: "/capabilities/elicitation", names: ["form", "url"] },
        { step: "drop", at: "/capabilities/sampling", names: ["context", "tools"] },
      ],
      lost: ["/capabilities/elicitation", "/capabilities/sampling"], // what stands in them
      response: greetedIn("2025-06-18"),
    },
  },
});
