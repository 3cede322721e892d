/** All adapters behind each other: the oldest client, with the floor lowered for it. */
import { fileURLToPath } from "node:url";
import { createClient } from "@concordat/client";
import { createServer } from "@concordat/server";
import { FakeClock, memoryWebSocket } from "@concordat/testing";
import { expect, onTestFinished, test } from "vitest";

import { mcp } from "../../src/generated/mcp-2024-11-05/client.ts";
import { mcpService } from "../../src/server/service.ts";
import { temporaryRepository } from "../fixture/repository.ts";

async function oldestClient() {
  const clock = new FakeClock();
  const prompts = fileURLToPath(new URL("../../prompts", import.meta.url));
  const service = await mcpService({ repository: await temporaryRepository(), prompts }, "1.0.0");
  const server = createServer({ clock, services: [service] });
  const WebSocket = memoryWebSocket((upgrade) => server.accept(upgrade.accept()));
  const client = createClient({ url: "ws://mcp", contracts: { mcp }, WebSocket, clock });
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  return client.mcp;
}

test("the oldest client is served through four adapters, in its own words", async () => {
  const oldest = await oldestClient();

  const clientInfo = { name: "test", version: "1" };
  const greeting = { protocolVersion: "2024-11-05", capabilities: {}, clientInfo };
  expect(await oldest.initialize(greeting)).toMatchObject({ protocolVersion: "2024-11-05" });
  expect(await oldest.ping()).toEqual({});
  const tone = { name: "tone", arguments: { frequencyHz: 440, durationMs: 1 } };
  expect((await oldest.tools.call(tone)).content).toEqual([{ type: "text", text: "audio/wav" }]);
  const found = await oldest.tools.call({ name: "find_documents", arguments: { query: "first" } });
  expect(found).toMatchObject({ content: [{ type: "text", text: "repo:///docs/guide/first.md" }] });
  expect(Object.keys((await oldest.tools.list()).tools[0] ?? {}).toSorted()).toEqual([
    "description",
    "inputSchema",
    "name",
  ]);
  const uri = "repo:///README.md";
  expect((await oldest.resources.read({ uri })).contents).toMatchObject([
    { uri, text: "# Read me" },
  ]);
});

test("a resource that is not there is not found by the oldest client, too", async () => {
  const { resources } = await oldestClient();

  await expect(resources.read({ uri: "repo:///none" })).rejects.toMatchObject({
    code: "not_found",
  });
});
