/** A client that connects by other means than a WebSocket of ours. */
import { ConcordatError } from "@concordat/core";
import { memoryTransports, type Transport } from "@concordat/core/transport";
import { createServer, implement } from "@concordat/server/portable";
import { FakeClock, ScriptedPeer, settle } from "@concordat/testing";
import { afterEach, expect, test, vi } from "vitest";
import { createClient } from "../../src/index.ts";
import type { ClientLife, ConnectOptions } from "../../src/index.ts";
import { order, shop } from "../fixture/shop.ts";
import { ignore, outcomeOf } from "../fixture/stage.ts";

const clock = new FakeClock();
const open: ClientLife[] = [];

afterEach(async () => {
  vi.unstubAllGlobals();
  for (const client of open.splice(0)) await client.close();
  await settle();
  if (clock.waiting > 0) throw new Error(`${clock.waiting} timers were left behind.`);
});

function gone(): never {
  throw new Error("the worker is gone");
}

function make(
  connect: ConnectOptions["connect"],
  options: Partial<ConnectOptions> = {},
): ReturnType<typeof createClient<{ shop: typeof shop }>> {
  const client = createClient({
    clock,
    random: () => 0.5,
    ...options,
    connect,
    contracts: { shop },
  });
  open.push(client);
  return client;
}

test("a client and a server in one program call each other's functions, and nothing else is needed", async () => {
  vi.stubGlobal("WebSocket", undefined);
  const server = createServer({
    clock,
    services: [
      implement(shop, {
        handlers: {
          place: ({ sku }) => ({ id: `o-${sku}` }),
          async *watch() {
            yield 1;
          },
          stock: {
            add: () => 0,
            async *chat() {
              yield "";
            },
          },
        },
      }),
    ],
  });
  const client = make(() => {
    const [near, far] = memoryTransports();
    server.accept(far);
    return near;
  });

  expect(await client.shop.place(order)).toEqual({ id: "o-A-1" });
  await client.close();
  const closed = server.close({ withinMs: 1 });
  await clock.advance(1);
  await closed;
});

test("a pipe is opened anew when the one before was lost, and credentials are asked for again", async () => {
  let asked = 0;
  const peers: ScriptedPeer[] = [];
  const client = make(
    async () => {
      const [near, far] = memoryTransports();
      peers.push(new ScriptedPeer(far, [shop]));
      return near;
    },
    { credentials: () => (asked += 1) },
  );
  client.connect().catch(ignore);
  await settle();
  peers[0]?.welcome();
  await settle();
  peers[0]?.cut();
  await clock.advance(1_000);

  expect(peers.map(({ hello }) => hello.auth)).toEqual([1, 2]);
});

test("a refusal over a pipe is the same refusal", async () => {
  const client = make(() => {
    const [near, far] = memoryTransports();
    far.close(4426, "client-too-old contract=shop min=2.0.0 max=3.1.0");
    return near;
  });

  expect(await outcomeOf(client.shop.place(order))).toMatchObject({ name: "UpgradeRequiredError" });
  expect(client.state).toBe("refused");
});

test("what is thrown where a pipe was asked for is a failed attempt: another one follows", async () => {
  let asked = 0;
  const client = make(() => {
    asked += 1;
    throw new Error("no worker yet");
  });
  client.connect().catch(ignore);
  await settle();
  expect(client.state).toBe("waiting");
  await clock.advance(1_000);

  expect(asked).toBe(2);
});

test("nobody to connect for stops the client, with that very error", async () => {
  const nobody = new ConcordatError("unauthenticated", "Sign in first.");
  const client = make(() => Promise.reject(nobody));

  expect(await outcomeOf(client.shop.place(order))).toBe(nobody);
  expect(client.state).toBe("refused");
});

test.each<[string, unknown]>([
  ["another kind of object", new EventTarget()],
  ["nothing", undefined],
  ["null", null],
  ["a text", "ws://shop.example"],
  ["what can only send", { send: ignore, close: ignore }],
])("what is no transport stops the client with what to wrap it with: %s", async (_, pipe) => {
  // What a caller in JavaScript might return.
  const client = make(() => pipe as Transport);

  expect(String(await outcomeOf(client.shop.place(order)))).toContain("messagePortTransport");
  expect(client.state).toBe("refused");
});

test("credentials that are not JSON stop the client", async () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  const client = make(() => memoryTransports()[0], { credentials: circle });

  expect(await outcomeOf(client.shop.place(order))).toMatchObject({ code: "invalid_argument" });
});

test.each([
  ["does not come in time", (client: ClientLife) => void client, 100],
  ["is not wanted any more", (client: ClientLife) => void client.close(), 0],
])("a pipe that %s is closed when it comes", async (_when, act, ms) => {
  const [near, far] = memoryTransports();
  const peer = new ScriptedPeer(far, [shop]);
  let give: (transport: Transport) => void = ignore;
  const client = make(() => new Promise((resolve) => (give = resolve)), { dialTimeoutMs: 100 });
  client.connect().catch(ignore);
  await settle();
  act(client);
  await clock.advance(ms);
  expect(client.state).toBe(ms === 0 ? "closed" : "waiting");
  give(near);
  await settle();

  expect(peer.end).toEqual({ code: 1000, reason: "" });
  expect(peer.texts).toEqual([]);
});

test("a pipe that comes where the credentials could not be had is closed", async () => {
  const [near, far] = memoryTransports();
  const peer = new ScriptedPeer(far, [shop]);
  const client = make(() => near, { credentials: () => Promise.reject(new Error("offline")) });
  client.connect().catch(ignore);
  await settle();

  expect(client.state).toBe("waiting");
  expect(peer.end).toEqual({ code: 1000, reason: "" });
});

test.each(["listen", "send"] as const)(
  "a pipe whose %s throws is closed, and a failed attempt: another one follows",
  async (name) => {
    let asked = 0;
    let closed = 0;
    const client = make(() => {
      asked += 1;
      const [near] = memoryTransports();
      return Object.assign(near, {
        [name]: gone,
        close: () => (closed += 1),
      });
    });
    client.connect().catch(ignore);
    await settle();
    expect(client.state).toBe("waiting");
    expect(closed).toBe(1);
    await clock.advance(1_000);

    expect(asked).toBe(2);
  },
);

test("a pipe that comes too late and throws when it is closed ends no process", async () => {
  const rejected: unknown[] = [];
  const hear = (reason: unknown): void => void rejected.push(reason);
  process.on("unhandledRejection", hear);
  let come: (pipe: Transport) => void = ignore;
  const client = make(() => new Promise<Transport>((resolve) => (come = resolve)));
  client.connect().catch(ignore);
  await settle();
  await client.close();
  const [near] = memoryTransports();
  come(Object.assign(near, { close: gone }));
  await settle();
  await new Promise((turn) => setImmediate(turn));
  process.off("unhandledRejection", hear);

  expect(rejected).toEqual([]);
});

test("a pipe whose send throws later is lost: calls go on over another one", async () => {
  const peers: ScriptedPeer[] = [];
  const client = make(() => {
    const [near, far] = memoryTransports();
    peers.push(new ScriptedPeer(far, [shop]));
    return peers.length > 1
      ? near
      : Object.assign(near, {
          send: vi.fn<Transport["send"]>(gone).mockImplementationOnce(near.send.bind(near)),
        });
  });
  const ends: unknown[] = [];
  client.on("disconnected", ({ reason }) => ends.push(reason));
  const placed = client.shop.place(order);
  await settle();
  peers[0]?.welcome();
  await settle();
  await clock.advance(1_000);
  peers[1]?.welcome();
  await settle();

  expect(ends).toEqual(["1006 abnormal: the worker is gone"]);
  expect(client.state).toBe("ready");
  placed.catch(ignore);
});

test("a client whose pipe throws when it is closed ends its calls all the same", async () => {
  let peer: ScriptedPeer | undefined;
  const client = make(() => {
    const [near, far] = memoryTransports();
    peer = new ScriptedPeer(far, [shop]);
    return Object.assign(near, { close: gone });
  });
  const placed = client.shop.place(order);
  await settle();
  peer?.welcome();
  await settle();
  await client.close();

  expect(await outcomeOf(placed)).toMatchObject({ code: "cancelled" });
});
