/** 2025-11-25 and 2026-07-28: requests introduce themselves, results say more, and eleven methods are gone. */
import { ConcordatError, defineAdapter } from "@concordat/server";

import type {
  InitializeResult,
  Procedures as Older,
} from "../generated/mcp/releases/4.0.0/types.ts";
import type { DiscoverResult, Procedures as Newer } from "../generated/mcp/releases/5.0.0/types.ts";
import { metaOfGreeting, withMeta } from "./request-meta.ts";
import { withObjectOutput, withObjectSchemas } from "./structured-output.ts";

export const from2025November = defineAdapter<Older, Newer>({
  from: "4.0.0",
  to: "5.0.0",
  procedures: {
    // Results lose `resultType`, `ttlMs` and `cacheScope` by being projected.
    "completion/complete": { request: withMeta },
    "prompts/get": { request: withMeta },
    "prompts/list": { request: withMeta },
    "resources/list": { request: withMeta },
    "resources/read": { request: withMeta },
    "resources/templates/list": { request: withMeta },
    // A tool is done when its call is: that it may be a task goes unheard.
    "tools/call": { request: withMeta, response: withObjectOutput, lost: ["/task"] },
    "tools/list": {
      request: withMeta,
      response: ({ tools, nextCursor }) => ({
        tools: tools.map(withObjectSchemas),
        ...(nextCursor === undefined ? {} : { nextCursor }),
      }),
    },

    initialize: {
      answer: async (request, _context, call) =>
        greeting(await call("server/discover", { _meta: metaOfGreeting(request) })),
    },
    ping: { answer: () => ({}) },
    // The level of messages that this server never sends.
    "logging/setLevel": { answer: () => ({}) },
    // A tool is done when its call is, whatever the client asked for: there never is a task.
    "tasks/list": { answer: () => ({ tasks: [] }) },
    "tasks/get": { answer: ({ taskId }) => noTask(taskId) },
    "tasks/result": { answer: ({ taskId }) => noTask(taskId) },
    "tasks/cancel": { answer: ({ taskId }) => noTask(taskId) },
    // The news would come as notifications, which nobody sends any more: better no subscription than a silent one.
    "resources/subscribe": "unimplemented",
    "resources/unsubscribe": "unimplemented",
  },
});

/** What a server said of itself in an `initialize`, from what it says in `server/discover`. */
function greeting({ _meta, capabilities, instructions }: DiscoverResult): InitializeResult {
  const { completions, prompts, tools, resources } = capabilities;
  const { "io.modelcontextprotocol/serverInfo": serverInfo = nameless } = _meta ?? {};
  return {
    protocolVersion: "2025-11-25",
    serverInfo,
    capabilities: {
      ...(completions === undefined ? {} : { completions }),
      ...(prompts === undefined ? {} : { prompts: {} }),
      ...(resources === undefined ? {} : { resources: {} }),
      ...(tools === undefined ? {} : { tools: {} }),
    },
    ...(instructions === undefined ? {} : { instructions }),
  };
}

/** A server need not say its name any more, and had to before. */
const nameless = { name: "unnamed", version: "0" };

function noTask(taskId: string): never {
  throw new ConcordatError("not_found", `There is no task ${JSON.stringify(taskId)}.`);
}
