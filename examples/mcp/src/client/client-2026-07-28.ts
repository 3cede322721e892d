/** A client of 2026-07-28, the revision that the server implements. */
import { createClient } from "@concordat/client";

import { mcp } from "../generated/mcp/client.ts";
import type { RequestMetaObject } from "../generated/mcp/types.ts";
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
const { completion, prompts, resources, server, subscriptions, tools } = client.mcp;

// Every request introduces itself: this revision has no `initialize`.
const meta: RequestMetaObject = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientCapabilities": {},
  "io.modelcontextprotocol/clientInfo": { name: "demo", version: "1.0.0" },
};

await journal.note(
  "server/discover",
  server.discover({ _meta: meta }),
  ({ supportedVersions }) => `speaks ${supportedVersions.join(", ")}`,
);
await journal.note("tools/list", tools.list({ _meta: meta }), sight.seenInTools);
const call = (name: string, given: Record<string, unknown>): Promise<void> =>
  journal.note(
    `tools/call ${name}`,
    tools.call({ _meta: meta, name, arguments: given }),
    sight.seenInResult,
  );
await call("calculate", { expression: "6 * (3 + sqrt(16))" });
await journal.note(
  "tools/call calculate, 1 / 0",
  tools.call({ _meta: meta, name: "calculate", arguments: { expression: "1 / 0" } }),
  sight.seenInResult,
);
await journal.note(
  "tools/call of no tool",
  tools.call({ _meta: meta, name: "no-such-tool" }),
  sight.seenInResult,
);
await call("text_statistics", { text: "to be or not to be" });
await call("tone", { frequencyHz: 440, durationMs: 10 });
await call("find_documents", { query: '"name": "@concordat/core"' });
const listed = everyResource((given) => resources.list({ _meta: meta, ...given }));
await journal.note("resources/list", listed, sight.seenInResources);
await journal.note(
  "resources/templates/list",
  resources.templates.list({ _meta: meta }),
  ({ resourceTemplates }) => resourceTemplates.map(({ name }) => name).join(", "),
);
await journal.note(
  "resources/read",
  resources.read({ _meta: meta, uri: sight.corePackage }),
  sight.seenInPackage,
);
await journal.note(
  "resources/read outside",
  resources.read({ _meta: meta, uri: "repo:///docs/../../etc/passwd" }),
  sight.seenInPackage,
);
await journal.note("prompts/list", prompts.list({ _meta: meta }), (answer) =>
  answer.prompts.map(({ name }) => name).join(", "),
);
await journal.note(
  "prompts/get",
  prompts.get({ _meta: meta, name: "review-package", arguments: { package: sight.corePackage } }),
  sight.seenInPrompt,
);
await journal.note(
  "completion/complete",
  completion.complete({
    _meta: meta,
    ref: { type: "ref/resource", uri: "repo:///packages/{name}/package.json" },
    argument: { name: "name", value: "cor" },
  }),
  (answer) => answer.completion.values.join(", "),
);

// The subscription stays open while the note is written, and ends with that news.
const listening = journal.note(
  "subscriptions/listen",
  subscriptions.listen({
    _meta: meta,
    notifications: { resourceSubscriptions: ["note:///demo"] },
  }),
  () => "over, because note:///demo changed",
);
await call("remember", { name: "demo", text: "Notes are resources." });
await listening;
await journal.note(
  "resources/read note",
  resources.read({ _meta: meta, uri: "note:///demo" }),
  ({ contents: [note] }) => (note !== undefined && "text" in note ? note.text : "no text"),
);

await journal.handIn(mcp.offers[0]?.release ?? "", client, watch);
