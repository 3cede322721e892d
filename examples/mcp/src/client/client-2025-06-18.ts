/** A client of 2025-06-18, as somebody has it who has not moved since. */
import { createClient } from "@concordat/client";

import { mcp } from "../generated/mcp-2025-06-18/client.ts";
import { everyResource } from "./every-page.ts";
import { Journal } from "./journal.ts";
import * as sight from "./sight.ts";
import { watchSockets } from "./watched-websocket.ts";

const [url = ""] = process.argv.slice(2);
const watch = watchSockets();
const client = createClient({
  url,
  contracts: { mcp },
  WebSocket: watch.WebSocket,
  timeoutMs: 5_000,
});
const journal = new Journal();
const { completion, logging, prompts, resources, tools } = client.mcp;

await journal.note(
  "initialize",
  client.mcp.initialize({
    protocolVersion: "2025-06-18",
    capabilities: { elicitation: { anything: 1 }, sampling: { context: 1 } },
    clientInfo: { name: "demo", version: "1.0.0" },
  }),
  (answer) => `${answer.protocolVersion} from ${answer.serverInfo.name}`,
);
await journal.note("ping", client.mcp.ping(), (answer) => JSON.stringify(answer));
await journal.note("logging/setLevel", logging.setLevel({ level: "info" }), (answer) =>
  JSON.stringify(answer),
);
await journal.note("tools/list", tools.list(), sight.seenInTools);
const call = (name: string, given: Record<string, unknown>): Promise<void> =>
  journal.note(`tools/call ${name}`, tools.call({ name, arguments: given }), sight.seenInResult);
await call("calculate", { expression: "6 * (3 + sqrt(16))" });
await journal.note(
  "tools/call calculate, 1 / 0",
  tools.call({ name: "calculate", arguments: { expression: "1 / 0" } }),
  sight.seenInResult,
);
await journal.note(
  "tools/call of no tool",
  tools.call({ name: "no-such-tool" }),
  sight.seenInResult,
);
await call("text_statistics", { text: "to be or not to be" });
await call("tone", { frequencyHz: 440, durationMs: 10 });
await call("find_documents", { query: '"name": "@concordat/core"' });
const listed = everyResource((given) => resources.list(given));
await journal.note("resources/list", listed, sight.seenInResources);
await journal.note(
  "resources/templates/list",
  resources.templates.list(),
  ({ resourceTemplates }) => resourceTemplates.map(({ name }) => name).join(", "),
);
await journal.note(
  "resources/read",
  resources.read({ uri: sight.corePackage }),
  sight.seenInPackage,
);
await journal.note(
  "resources/read outside",
  resources.read({ uri: "repo:///docs/../../etc/passwd" }),
  sight.seenInPackage,
);
await journal.note(
  "resources/subscribe",
  resources.subscribe({ uri: sight.corePackage }),
  () => "subscribed",
);
await journal.note("prompts/list", prompts.list(), (answer) =>
  answer.prompts.map(({ name }) => name).join(", "),
);
await journal.note(
  "prompts/get",
  prompts.get({ name: "review-package", arguments: { package: sight.corePackage } }),
  sight.seenInPrompt,
);
await journal.note(
  "completion/complete",
  completion.complete({
    ref: { type: "ref/resource", uri: "repo:///packages/{name}/package.json" },
    argument: { name: "name", value: "cor" },
  }),
  (answer) => answer.completion.values.join(", "),
);

await journal.handIn(mcp.offers[0]?.release ?? "", client, watch);
