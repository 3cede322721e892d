/** The scripted peer says what it is told, and remembers what it heard. */
import { valueToBytes } from "@concordat/core/internal";
import { expect, test } from "vitest";
import { memoryTransports, ScriptedPeer, settle } from "../src/index.ts";

function pair(): { client: ScriptedPeer; server: ScriptedPeer } {
  const [left, right] = memoryTransports();
  return { client: new ScriptedPeer(left), server: new ScriptedPeer(right) };
}

test("frames that are sent together arrive in one message, in order", async () => {
  const { client, server } = pair();
  client.items(1, "a", "b");
  client.endStream(1);
  await settle();

  expect(server.messages).toBe(2);
  expect(server.frames.map(({ kind }) => kind)).toEqual(["item", "item", "end"]);
  expect(server.heard("item")[1]?.payload).toEqual(valueToBytes("b"));
});

test("a hello that has not come is not made up", () => {
  expect(() => pair().server.hello).toThrow("No hello has come.");
});

test("a welcome accepts each contract's first offer, but for what it is told to lie", async () => {
  const { client, server } = pair();
  const offers = [{ release: "2.0.0", fingerprint: `sha256:${"a".repeat(64)}` }];
  client.text({ concordat: "hello", wire: [1], contracts: [{ name: "shop", offers }] });
  await settle();
  server.welcome({ early: "discarded" });
  await settle();

  expect(JSON.parse(client.texts[0] ?? "")).toMatchObject({
    concordat: "welcome",
    early: "discarded",
    contracts: [{ name: "shop", ...offers[0] }],
  });
});

test("a close arrives with code and reason, a cut without either", async () => {
  const closed = pair();
  closed.server.close(4426, "client-too-old");
  const cut = pair();
  cut.server.cut();
  await settle();

  expect(closed.client.end).toEqual({ code: 4426, reason: "client-too-old" });
  expect(cut.client.end).toEqual({ code: 1006, reason: "" });
});
