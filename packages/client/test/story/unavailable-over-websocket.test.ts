/** A server that cannot be reached, or stops being there, over real sockets: never mistaken for a refusal. */
import { once } from "node:events";
import { spawn } from "node:child_process";
import { refusalToJson, refusal } from "@concordat/core/internal";
import { createServer, implement } from "@concordat/server";
import { FakeClock } from "@concordat/testing";
import { afterEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Client, type ClientOptions, createClient } from "../../src/index.ts";
import { order, shop } from "../fixture/shop.ts";
import { closeServers, response, serveSockets, serveUpgrades } from "../fixture/ws-server.ts";

const open: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const client of open.splice(0)) await client.close();
  await closeServers();
});

function clientOf(
  url: string,
  options: Partial<ClientOptions> = {},
): Client<{ shop: typeof shop }> {
  const client = createClient({ url, WebSocket, ...options, contracts: { shop } });
  open.push(client);
  return client;
}

const tooOld = JSON.stringify(refusalToJson(refusal("client-too-old", { message: "" })));
const problem = ["Content-Type: application/problem+json"];

test.each([
  [
    "426 whose body is plain text",
    response("426 Upgrade Required", ["Content-Type: text/plain"], tooOld),
  ],
  [
    "426 whose body is cut off",
    response("426 Upgrade Required", problem, '{"code":4426').replace("12", "99"),
  ],
  [
    "426 whose body is endless",
    response("426 Upgrade Required", problem, `{"code":4426,"x":"${"x".repeat(20_000)}"}`),
  ],
  ["426 whose code is not ours", response("426 Upgrade Required", problem, '{"code":42}')],
  ["401 with the body of a refusal", response("401 Unauthorized", problem, tooOld)],
  ["403", response("403 Forbidden", [], "")],
  ["502", response("502 Bad Gateway", [], "")],
  ["302", response("302 Found", ["Location: http://127.0.0.1:1/"], "")],
  ["200", response("200 OK", [], "hello")],
])("HTTP %s is an outage, not a refusal", async (_, answer) => {
  const url = await serveUpgrades((socket) => socket.end(answer));
  const client = clientOf(url, { whenDisconnected: "fail" });

  const error: unknown = await client.shop.place(order).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ name: "ConcordatError", code: "unavailable", origin: "network" });
  expect(String(error)).toContain("1006 abnormal: the server answered the upgrade with HTTP");
  expect(client.state).toBe("waiting");
});

test.each([
  ["a number of seconds", "2"],
  ["a date", new Date(1_002_000).toUTCString()],
])("HTTP 503 is waited out for as long as its Retry-After says: %s", async (_, value) => {
  const answer = response("503 Service Unavailable", [`Retry-After: ${value}`], "");
  const address = await serveUpgrades((socket) => socket.end(answer));
  const clock = new FakeClock(1_000_000);
  let dials = 0;
  const url = (): string => {
    dials += 1;
    return address;
  };
  // With chance at 0, the formula would dial at once.
  const client = clientOf("", { url, clock, random: () => 0, whenDisconnected: "fail" });
  await client.connect().catch(() => undefined);
  await clock.advance(1_999);
  expect(dials).toBe(1);

  await clock.advance(1);
  expect(dials).toBe(2);
});

test("a port where nobody listens fails calls that do not wait, and says so", async () => {
  const client = clientOf("ws://127.0.0.1:1/", { whenDisconnected: "fail" });
  const error: unknown = await client.shop.place(order).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({
    code: "unavailable",
    origin: "network",
    notExecuted: true,
    cause: { code: "ECONNREFUSED" },
  });
  expect(String(error)).toContain("(1006 abnormal: connect ECONNREFUSED 127.0.0.1:1).");
});

test("calls that wait are told nothing, but whoever listens hears why there is no server", async () => {
  const client = clientOf("ws://127.0.0.1:1/");
  client.shop.place(order).catch(() => undefined);
  const told = await new Promise((resolve) => client.on("disconnected", resolve));

  expect(told).toMatchObject({
    closeCode: 1006,
    reason: "1006 abnormal: connect ECONNREFUSED 127.0.0.1:1",
    cause: { code: "ECONNREFUSED" },
    failures: 1,
  });
});

test("a server that does not speak TLS is told apart from one that is not there", async () => {
  const plain = await serveUpgrades((socket) => socket.end());
  const client = clientOf(plain.replace("ws:", "wss:"), { whenDisconnected: "fail" });
  const error: unknown = await client.shop.place(order).catch((thrown: unknown) => thrown);

  expect(error).toMatchObject({ code: "unavailable", cause: { code: "EPROTO" } });
  expect(String(error)).toMatch(/1006 abnormal: .*EPROTO/);
});

test("a server process that is killed in the middle of a call fails it, and the client dials again", async () => {
  const program = `
    import { WebSocketServer } from "ws";
    const server = new WebSocketServer({ port: 0, handleProtocols: ([first]) => first });
    server.on("connection", (socket) => socket.once("message", (hello) => {
      const [{ name, offers }] = JSON.parse(hello).contracts;
      const contracts = [{ name, ...offers[0] }];
      socket.send(JSON.stringify({ concordat: "welcome", wire: 1, encoding: "positional", contracts }));
      socket.once("message", () => process.send("asked"));
    }));
    server.on("listening", () => process.send(server.address().port));
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: import.meta.dirname,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [port] = (await once(child, "message")) as [number]; // the program above says it
  let dials = 0;
  const client = clientOf("", {
    url: () => {
      dials += 1;
      return `ws://127.0.0.1:${port}/`;
    },
  });
  await client.connect();
  const answer = client.shop.place(order).catch((error: unknown) => error);
  await once(child, "message");
  child.kill("SIGKILL");

  expect(await answer).toMatchObject({ code: "unavailable", origin: "network" });
  expect(client.state).toBe("waiting");
  await new Promise<void>((resolve) => client.on("state", () => resolve()));
  expect(dials).toBe(2);
});

test("a peer that does not answer a close does not keep its socket for longer than its time", async () => {
  let silenced: (() => void) | undefined;
  const url = await serveSockets((socket, request) => {
    silenced = () => request.socket.pause();
    socket.on("error", () => undefined);
  });
  const sockets: WebSocket[] = [];
  class Watched extends WebSocket {
    constructor(...args: ConstructorParameters<typeof WebSocket>) {
      super(...args);
      sockets.push(this);
    }
  }
  const client = clientOf(url, { WebSocket: Watched, limits: { closeMs: 50 } });
  client.connect().catch(() => undefined);
  await new Promise<void>((resolve) =>
    client.on("state", (state) => state === "greeting" && resolve()),
  );
  silenced?.();
  await client.close();
  const [socket] = sockets;
  if (socket === undefined) throw new Error("The client did not dial.");
  await once(socket, "close");

  expect(socket.readyState).toBe(3);
});

test("the same calls run against the real server, over a real socket", async () => {
  const server = createServer({
    services: [
      implement(shop, {
        handlers: {
          place: ({ sku }) => ({ id: `o-${sku.slice(0, 20)}` }),
          async *watch({ customer }) {
            for (let n = 0; n < Number(customer); n += 1) yield n;
          },
          stock: {
            async add(items) {
              let sum = 0;
              for await (const item of items) sum += item;
              return sum;
            },
            async *chat(texts) {
              for await (const text of texts) yield text.toUpperCase();
            },
          },
        },
      }),
    ],
  });
  const port = await server.listen(0, { host: "127.0.0.1" });
  const client = clientOf(`ws://127.0.0.1:${port}/`);
  const watched: number[] = [];
  for await (const item of client.shop.watch({ customer: "1000" })) watched.push(item);
  const said: string[] = [];
  for await (const text of client.shop.stock.chat(["a", "b"])) said.push(text);

  // Twice the bytes that a socket may hold before its reader counts as gone.
  const burst = Array.from({ length: 40 }, () =>
    client.shop.place({ sku: "x".repeat(400_000), quantity: 1 }, { timeoutMs: 20_000 }),
  );

  expect(await Promise.all(burst)).toHaveLength(40);
  expect(await client.shop.place(order)).toEqual({ id: "o-A-1" });
  expect(watched).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
  expect(await client.shop.stock.add(watched)).toBe(499_500);
  expect(said).toEqual(["A", "B"]);
  await client.close();
  await server.close({ withinMs: 1 });
});
