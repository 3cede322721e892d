/** 2025-06-18 and 2025-11-25: what a client is capable of got a form, where anything could be said before. */
import { defineAdapter } from "@concordat/server";

import type {
  ClientCapabilities as OlderCapabilities,
  Procedures as Older,
} from "../generated/mcp/releases/3.0.0/types.ts";
import type {
  ClientCapabilities as NewerCapabilities,
  Procedures as Newer,
} from "../generated/mcp/releases/4.0.0/types.ts";

export const from2025June = defineAdapter<Older, Newer>({
  from: "3.0.0",
  to: "4.0.0",
  procedures: {
    initialize: {
      request: ({ capabilities, ...older }) => ({ ...older, capabilities: withForm(capabilities) }),
      response: (newer) => ({ ...newer, protocolVersion: "2025-06-18" }),
    },
    // Icons and the execution of tools are left out; `_meta` and `task` are not sent.
    "completion/complete": "project",
    "logging/setLevel": "project",
    ping: "project",
    "prompts/get": "project",
    "prompts/list": "project",
    "resources/list": "project",
    "resources/read": "project",
    "resources/subscribe": "project",
    "resources/templates/list": "project",
    "resources/unsubscribe": "project",
    "tools/call": "project",
    "tools/list": "project",
  },
});

/** That a client can be asked at all is what the older form says; an empty object says the same in the newer. */
function withForm({ elicitation, sampling, ...same }: OlderCapabilities): NewerCapabilities {
  return {
    ...same,
    ...(elicitation === undefined ? {} : { elicitation: {} }),
    ...(sampling === undefined ? {} : { sampling: {} }),
  };
}
