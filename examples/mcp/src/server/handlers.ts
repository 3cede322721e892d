/** The handlers of the newest release. No other is known here. */
import type { McpHandlers } from "../generated/mcp/server.ts";
import { completionHandlers } from "./handler/completion.ts";
import { serverHandlers } from "./handler/discover.ts";
import { promptHandlers } from "./handler/prompts.ts";
import { resourceHandlers } from "./handler/resources.ts";
import { subscriptionHandlers } from "./handler/subscriptions.ts";
import { toolHandlers } from "./handler/tools.ts";
import { promptsIn } from "./prompt/prompt-folder.ts";
import { Library } from "./resource/library.ts";
import { toolBox } from "./tool/tool-box.ts";

/** Where a server finds what it serves. */
export interface Places {
  /** The folder of the repository whose documents are the resources. */
  readonly repository: string;
  /** The folder of the prompts. */
  readonly prompts: string;
}

/** Makes the handlers of one server. */
export async function mcpHandlers(places: Places): Promise<McpHandlers> {
  const library = new Library(places.repository);
  const prompts = await promptsIn(places.prompts);
  return {
    server: serverHandlers,
    resources: resourceHandlers(library),
    prompts: promptHandlers(prompts, library),
    tools: toolHandlers(toolBox(library)),
    completion: completionHandlers(prompts, library),
    subscriptions: subscriptionHandlers(library.changes),
  };
}
