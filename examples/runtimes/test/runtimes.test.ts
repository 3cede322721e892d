/** Each example, in a fake of its runtime that has the same members; the real ones are started by hand. */
import { createClient } from "@concordat/client";
import { memoryTransports } from "@concordat/testing";
import { MessageChannel } from "node:worker_threads";
import { afterEach, expect, test, vi } from "vitest";
import { clientOf } from "../src/beside-worker.ts";
import { greeter } from "../src/greeter.ts";
import { type Ask, fakeBun, fakeDeno, FakeWorkers } from "./fake-runtime.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

function upgradeRequest(headers: Readonly<Record<string, string>> = {}): Request {
  return new Request("http://localhost:7000/", {
    headers: { "Sec-WebSocket-Protocol": "concordat.v1,greeter.unreleased", ...headers },
  });
}

/** What every runtime has to get right: settles where it does. */
async function service(ask: Ask): Promise<void> {
  const refused = await ask(upgradeRequest({ "Sec-WebSocket-Protocol": "chat" }));
  expect(refused.response?.status).toBe(400);
  expect(refused.pipe).toBeUndefined();

  const { pipe = memoryTransports()[0], protocol } = await ask(upgradeRequest());
  expect(protocol).toBe("concordat.v1");
  const client = createClient({ connect: () => pipe, contracts: { greeter } });
  expect(await client.greeter.greet({ name: "Ada" })).toBe("Hello, Ada!");
  const items: number[] = [];
  for await (const item of client.greeter.count({ to: 3 })) items.push(item);
  expect(items).toEqual([1, 2, 3]);
  await client.close();

  const { pipe: foreign } = await ask(
    upgradeRequest({ Origin: "https://evil.example", Host: "localhost" }),
  );
  const ended = new Promise((resolve) => {
    foreign?.listen({ message: () => undefined, closed: (code) => resolve(code) });
  });
  foreign?.send(JSON.stringify({ concordat: "hello", wire: [1], encodings: ["msgpack"] }));
  expect(await ended).toBe(4403);
}

test("on Bun", async () => {
  const { Bun, ask } = fakeBun();
  vi.stubGlobal("Bun", Bun);
  await import("../src/bun.ts");

  await expect(service(ask)).resolves.toBeUndefined();
});

test("on Deno", async () => {
  const { Deno, ask } = fakeDeno();
  vi.stubGlobal("Deno", Deno);
  await import("../src/deno.ts");

  await expect(service(ask)).resolves.toBeUndefined();
});

test("on Workers", async () => {
  const workers = new FakeWorkers();
  vi.stubGlobal("WebSocketPair", workers.WebSocketPair);
  vi.stubGlobal("Response", workers.Response);
  const program = await import("../src/workers.ts");
  const bindings = { GREETER: workers.namespace(new program.Greeter()) };

  const ask: Ask = (request) => workers.ask(program.default.fetch(request, bindings));

  await expect(service(ask)).resolves.toBeUndefined();
});

test("in a worker: each connection is a port, and closing the client closes its port", async () => {
  const listeners: ((event: { readonly ports: readonly unknown[] }) => void)[] = [];
  vi.stubGlobal("addEventListener", (_type: string, listener: (typeof listeners)[number]) => {
    listeners.push(listener);
  });
  await import("../src/worker.ts");
  vi.stubGlobal("MessageChannel", MessageChannel);
  const postMessage = (_message: unknown, ports: readonly unknown[]): void => {
    for (const listener of listeners) listener({ ports });
  };
  // What the example uses of a worker.
  const client = clientOf({ postMessage } as unknown as Worker);

  expect(await client.greeter.greet({ name: "Ada" })).toBe("Hello, Ada!");
  await client.close();
});
