/** Limits on by default, against those who have too much of everything, and never against those who do as agreed. */
import { expect, test } from "vitest";

import { createServer, implement } from "../src/index.ts";
import { dial } from "./fixture/dial.ts";
import { shop, shopHandlers } from "./fixture/shop.ts";
import { shopStage } from "./fixture/stage.ts";

test("an address may have so many connections, and a further one is told to come again", async () => {
  const stage = shopStage({}, { limits: { connectionsPerAddress: 2 } });
  const enter = (address: string) => stage.caller({ transport: stage.pipe({ address }) });
  const [first] = [enter("192.0.2.1"), enter("192.0.2.1")];
  expect(await enter("192.0.2.1").ended).toMatchObject({
    code: 4529,
    refusal: { retryAfterMs: 5_000 },
  });
  await enter("192.0.2.2").welcome;
  first?.session.close(1000, "");
  await stage.clock.advance(0);

  await enter("192.0.2.1").welcome;
});

test("an address whose last connection has ended is forgotten", async () => {
  const stage = shopStage({}, { limits: { connectionsPerAddress: 1 } });
  for (let turn = 0; turn < 3; turn += 1) {
    const caller = stage.caller({ transport: stage.pipe({ address: "192.0.2.1" }) });
    expect(await caller.welcome).toBeDefined();
    caller.session.close(1000, "");
    await stage.clock.advance(0);
  }
});

test("a server takes so many connections, and answers a further one before it has a socket", async () => {
  const stage = shopStage({}, { limits: { connections: 2 } });
  const { server } = stage;
  const headers = { "Sec-WebSocket-Protocol": "concordat.v1" };
  const dialled = (): unknown => server.upgrade(new Request("https://api.example", { headers }));
  const first = stage.caller();
  await first.welcome;
  expect(dialled()).toMatchObject({ status: 101 });
  stage.pipe(); // says nothing, and is one
  expect(dialled()).toMatchObject({ status: 503, headers: { "Retry-After": "5" } });
  first.session.close(1000, "");
  await stage.clock.advance(0);

  expect(dialled()).toMatchObject({ status: 101 });
});

test("a pipe that is there already, and one too many, is told to come again", async () => {
  const stage = shopStage({}, { limits: { connections: 1 } });
  await stage.caller().welcome;

  expect(await stage.caller().ended).toMatchObject({
    code: 4529,
    refusal: { retryAfterMs: 5_000 },
  });
});

test("those whose address nobody knows are not taken for one", async () => {
  const stage = shopStage({}, { limits: { connectionsPerAddress: 1 } });

  const welcomes = await Promise.all([stage.caller().welcome, stage.caller().welcome]);
  expect(welcomes).toHaveLength(2);
});

test("a flood of frames that cost nothing ends with 4529, and nobody else notices", async () => {
  const stage = shopStage({}, { limits: { framesPerSecond: 100 } });
  const [loud, quiet] = [stage.caller(), stage.caller()];
  await Promise.all([loud.welcome, quiet.welcome]);
  for (let count = 0; count < 101; count += 1) loud.unary("shop/greet", { name: "" });

  expect(await loud.ended).toMatchObject({ code: 4529, reason: "too-many-requests" });
  expect(await quiet.unary("shop/greet", { name: "Ada" }).done).toEqual({ text: "Hello, Ada." });
});

test("a limit that there is none of is refused by its name", () => {
  const limits = { connectionPerAddress: 5, connections: 5 };

  expect(() => createServer({ services: [], limits })).toThrow(
    'There is no limit "connectionPerAddress".',
  );
});

test("a server that takes less early data than every client may send is not made", () => {
  const services = [implement(shop, { handlers: shopHandlers() })];

  expect(() => createServer({ services, limits: { earlyBytes: 65_535 } })).toThrow(
    "earlyBytes must be 65536 at least",
  );
});

test(
  "forty responses of 500 kB at once reach a client that reads",
  { timeout: 60_000 },
  async () => {
    const text = "x".repeat(500_000);
    const server = createServer({
      services: [implement(shop, { handlers: shopHandlers({ greet: () => ({ text }) }) })],
      log: () => undefined,
    });
    const port = await server.listen(0, { host: "127.0.0.1" });
    const caller = await dial(port);
    await caller.welcome;
    const calls = Array.from({ length: 40 }, () => caller.unary("shop/greet", { name: "" }));
    const answers = await Promise.all(calls.map(({ done }) => done));
    caller.session.close(1000, "");
    await server.close();

    expect(answers).toEqual(calls.map(() => ({ text })));
  },
);
