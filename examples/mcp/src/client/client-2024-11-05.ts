/** A client of 2024-11-05, which is too old: it learns so once, and everything that it tries fails the same way. */
import { createClient } from "@concordat/client";

import { mcp } from "../generated/mcp-2024-11-05/client.ts";
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
const { resources, tools } = client.mcp;

// Two that wait for the connection, and one that comes when it was refused already.
await Promise.all([
  journal.note(
    "initialize",
    client.mcp.initialize({
      protocolVersion: "2024-11-05",
      capabilities: {},
      clientInfo: { name: "demo", version: "1.0.0" },
    }),
    (answer) => `${answer.protocolVersion} from ${answer.serverInfo.name}`,
  ),
  journal.note("tools/list", tools.list(), sight.seenInTools),
]);
await journal.note(
  "resources/read",
  resources.read({ uri: sight.corePackage }),
  sight.seenInPackage,
);

await journal.handIn(mcp.offers[0]?.release ?? "", client, watch);
