/** A connection that ends because somebody wants it to: goaway and close(). */
import { refusal, valueToBytes } from "@concordat/core/internal";
import { ScriptedPeer, settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";
import type { ClientState } from "../../src/index.ts";
import { news } from "../fixture/news-stage.ts";
import { order, shop } from "../fixture/shop.ts";
import { ignore, outcomeOf, stage } from "../fixture/stage.ts";

test("a server that goes away finishes its calls while new ones run on another connection", async () => {
  const { client, welcome, states } = stage();
  const gone: number[] = [];
  client.on("goaway", (withinMs) => gone.push(withinMs));
  const old = client.shop.place(order);
  const first = await welcome();
  first.send({ kind: "goaway", id: 0, withinMs: 20_000 });
  await settle();
  const fresh = client.shop.place(order);
  const second = await welcome();
  second.respond(1, { id: "new" });
  expect(await outcomeOf(fresh)).toEqual({ id: "new" });
  expect(first.end).toBeUndefined();

  first.respond(1, { id: "old" });
  expect(await outcomeOf(old)).toEqual({ id: "old" });
  expect(first.end).toMatchObject({ code: 1000 });
  expect(gone).toEqual([20_000]);
  expect(states).toEqual([
    "connecting",
    "greeting",
    "ready",
    "waiting",
    "connecting",
    "greeting",
    "ready",
  ]);
});

const turnedAway = {
  code: "unavailable",
  message: "Not executed.",
  detail: undefined,
  retryAfterMs: undefined,
  notExecuted: true,
} as const;

test("a call that a leaving server turns away is made again on the next connection, and its caller sees nothing of it", async () => {
  const { client, welcome } = stage();
  client.connect().catch(ignore);
  const first = await welcome();
  const answer = client.shop.place(order);
  const items: number[] = [];
  const watched = (async () => {
    for await (const item of client.shop.watch({ customer: "c-9" })) items.push(item);
  })();
  await settle();
  first.send(
    { kind: "goaway", id: 0, withinMs: 20_000 },
    { kind: "error", id: 1, fault: turnedAway, metadata: [] },
    { kind: "error", id: 2, fault: turnedAway, metadata: [] },
  );
  const second = await welcome();
  second.respond(1, { id: "new" });
  second.items(2, 1, 2);
  second.endStream(2);

  expect(await outcomeOf(answer)).toEqual({ id: "new" });
  await watched;
  expect(items).toEqual([1, 2]);
  expect(first.end).toMatchObject({ code: 1000 });
});

test("a connection whose last call has moved is left at once, however long the call runs on the next one", async () => {
  const { client, welcome } = stage();
  client.connect().catch(ignore);
  const first = await welcome();
  const items = client.shop.watch({ customer: "c-9" })[Symbol.asyncIterator]();
  const item = items.next();
  await settle();
  first.send({ kind: "goaway", id: 0, withinMs: 20_000 });
  await settle();
  first.send({ kind: "error", id: 1, fault: turnedAway, metadata: [] });
  const second = await welcome();
  second.items(1, 7);

  expect(await item).toMatchObject({ value: 7 });
  expect(first.end).toMatchObject({ code: 1000 });
  expect(second.end).toBeUndefined();
  await items.return?.();
});

test("a stream of requests that was turned away before it began moves too, and is sent from its first item", async () => {
  const { client, welcome } = stage();
  client.connect().catch(ignore);
  const first = await welcome();
  let begin: (() => void) | undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const sum = client.shop.stock.add(
    (async function* () {
      await begun;
      yield 1;
      yield 2;
    })(),
  );
  await settle();
  first.send(
    { kind: "goaway", id: 0, withinMs: 20_000 },
    { kind: "error", id: 1, fault: turnedAway, metadata: [] },
  );
  await settle();
  begin?.();
  const second = await welcome();
  await settle();
  expect(first.heard("item")).toEqual([]);
  expect(second.heard("item")).toHaveLength(2);
  second.respond(1, 3);

  expect(await outcomeOf(sum)).toBe(3);
});

test("a stream of requests that has begun cannot move: it fails, and says that it was not executed", async () => {
  const { client, welcome } = stage();
  const sum = client.shop.stock.add([1, 2]);
  sum.catch(ignore);
  const first = await welcome();
  await settle();
  first.send(
    { kind: "goaway", id: 0, withinMs: 20_000 },
    { kind: "error", id: 1, fault: turnedAway, metadata: [] },
  );

  expect(await outcomeOf(sum)).toMatchObject({ code: "unavailable", notExecuted: true });
});

test("a server that turns a call away without leaving is not asked again", async () => {
  const { client, welcome } = stage();
  const answer = client.shop.place(order);
  const peer = await welcome();
  peer.send({ kind: "error", id: 1, fault: turnedAway, metadata: [] });

  expect(await outcomeOf(answer)).toMatchObject({ code: "unavailable", notExecuted: true });
  await settle();
  expect(peer.heard("request")).toHaveLength(1);
});

test.each([
  ["five seconds", 60_000, 2_500],
  ["a tenth of the server's time", 8_000, 400],
])(
  "a client without calls moves within %s, at random, so that not all move at once",
  async (_time, withinMs, at) => {
    const { client, welcome, clock, upgrades } = stage();
    client.connect().catch(ignore);
    (await welcome()).send({ kind: "goaway", id: 0, withinMs });
    await settle();
    await clock.advance(at - 1);
    expect(upgrades).toHaveLength(1);

    await clock.advance(1);
    expect(upgrades).toHaveLength(2);
    await welcome();
  },
);

test("a client with a call that waits for room moves at once, and not at a random moment", async () => {
  const { client, clock, welcome, upgrades } = stage({ limits: { bufferedBytes: 10_000 } });
  client.connect().catch(ignore);
  const first = await welcome();
  const socket = upgrades[0]?.socket;
  if (socket === undefined) throw new Error("The client did not dial.");
  socket.bufferedAmount = 9_000;
  const answer = client.shop.place(order);
  await clock.advance(1);
  first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
  const second = await welcome();
  second.respond(1, { id: "new" });

  expect(await outcomeOf(answer)).toEqual({ id: "new" });
});

/** A client that listens to one thing. */
function listening() {
  const made = stage({ contracts: { news } });
  const heard: number[] = [];
  const stop = made.client.news.jobs.done.on((job) => void heard.push(job));
  return { ...made, heard, stop };
}

function tell(peer: ScriptedPeer, job: number): void {
  const payload = valueToBytes(job);
  peer.send({ kind: "notification", id: 0, procedure: "news/jobs/done", metadata: [], payload });
}

describe("a client that listens", () => {
  test("stays on the connection that it was asked to leave until the next one has welcomed it, and hears what is told meanwhile", async () => {
    const { clock, welcome, accept, heard } = listening();
    const first = await welcome();
    first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    await settle();
    tell(first, 1);
    await clock.advance(2_500);
    const second = await accept();
    tell(first, 2);
    await settle();
    expect(first.end).toBeUndefined();
    second.welcome();
    await clock.advance(999);
    expect(first.end).toBeUndefined();
    tell(first, 3); // was slower than the welcome
    await clock.advance(1);
    expect(first.end).toMatchObject({ code: 1000 });
    tell(second, 4);
    await settle();

    expect(heard).toEqual([1, 2, 3, 4]);
  });

  test("makes its new calls on the next one all the same", async () => {
    const { client, clock, welcome } = listening();
    const first = await welcome();
    first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    await settle();
    const answer = client.news.ask({});
    const second = await welcome();
    expect(first.heard("request")).toEqual([]);
    second.respond(1, null);

    expect(await outcomeOf(answer)).toBeNull();
    await clock.advance(1_000);
    expect(first.end).toMatchObject({ code: 1000 });
  });

  test("leaves at once where two are leaving already: its calls do not wait for what is told", async () => {
    const { client, clock, welcome } = listening();
    const slow = client.news.ask({});
    const first = await welcome();
    first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    await clock.advance(2_500);
    const second = await welcome();
    second.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    await clock.advance(2_500);
    expect(second.end).toMatchObject({ code: 1000 });
    const third = await welcome();
    first.respond(1, null);

    expect(await outcomeOf(slow)).toBeNull();
    expect(third.end).toBeUndefined();
  });

  test("asked to leave twice within a second, hears what the first server tells until the third has welcomed it", async () => {
    const { clock, welcome, heard } = listening();
    const first = await welcome();
    first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    await clock.advance(2_500);
    const second = await welcome();
    await clock.advance(500);
    second.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    await settle();
    expect(second.end).toMatchObject({ code: 1000 }); // there is room for one beside the next
    await clock.advance(2_500);
    tell(first, 1);
    const third = await welcome();
    tell(third, 2);
    await clock.advance(999);
    expect(first.end).toBeUndefined();
    await clock.advance(1);

    expect(first.end).toMatchObject({ code: 1000 });
    expect(heard).toEqual([1, 2]);
  });

  test("asked to leave twice, does not keep the idle one of two for what is told: the next one needs its place", async () => {
    const { client, clock, welcome } = listening();
    const first = await welcome();
    first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    await clock.advance(2_500);
    const second = await welcome();
    const slow = client.news.ask({});
    await settle();
    second.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    await clock.advance(1_000);
    expect(first.end).toMatchObject({ code: 1000 });
    await clock.advance(1_500);
    const third = await welcome();
    second.respond(1, null);

    expect(await outcomeOf(slow)).toBeNull();
    expect(third.end).toBeUndefined();
  });

  test("asked to leave while it says goodbye to the one before, stays until the next has welcomed it", async () => {
    const { clock, welcome, heard } = listening();
    const first = await welcome();
    first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    await clock.advance(2_500);
    const second = await welcome();
    await clock.advance(1_000);
    expect(first.end).toMatchObject({ code: 1000 });
    second.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    await clock.advance(2_500);
    tell(second, 1);
    const third = await welcome();
    tell(third, 2);
    await clock.advance(1_000);

    expect(second.end).toMatchObject({ code: 1000 });
    expect(heard).toEqual([1, 2]);
  });

  test("leaves where the next connection is refused for good, and where nobody listens any more when it is welcomed", async () => {
    const { client, clock, welcome, accept, stop } = listening();
    const first = await welcome();
    first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    stop();
    await clock.advance(2_500);
    const second = await welcome();
    await clock.advance(1_000);
    expect(first.end).toMatchObject({ code: 1000 });
    client.news.jobs.done.on(ignore);
    second.send({ kind: "goaway", id: 0, withinMs: 60_000 });
    await clock.advance(2_500);
    const third = await accept();
    expect(second.end).toBeUndefined();
    third.reject(refusal("client-too-old", { message: "Reload the page." }));
    await clock.advance(1_000);

    expect(second.end).toMatchObject({ code: 1000 });
    expect(client.state).toBe("refused");
  });
});

test("a stream of which items have come is not made again, whatever a leaving server says of it", async () => {
  const { client, welcome } = stage();
  const items: number[] = [];
  const watched = (async () => {
    for await (const item of client.shop.watch({ customer: "c-9" })) items.push(item);
  })();
  const first = await welcome();
  first.items(1, 1, 2);
  first.send(
    { kind: "goaway", id: 0, withinMs: 20_000 },
    { kind: "error", id: 1, fault: turnedAway, metadata: [] },
  );

  expect(await outcomeOf(watched)).toMatchObject({ code: "unavailable", origin: "remote" });
  expect(items).toEqual([1, 2]);
});

test("the calls of a connection that is lost while it leaves go on with the next one", async () => {
  const { client, welcome, accept } = stage();
  const answer = client.shop.place(order);
  const first = await welcome({ session: { token: "t-1", graceMs: 30_000 } });
  await settle();
  first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
  await settle();
  first.cut();
  expect(await outcomeOf(answer)).toBe("pending");
  const second = await accept();
  expect(second.hello.resume).toMatchObject({ token: "t-1" });
  second.welcome({ session: { token: "t-2", graceMs: 30_000, received: 1 } });
  const fault = { ...turnedAway, code: "not_found", notExecuted: false } as const;
  second.send({ kind: "error", id: 1, fault, metadata: [] });

  expect(await outcomeOf(answer)).toMatchObject({ code: "not_found" });
  expect(second.heard("request")).toEqual([]);
});

test("they end with an unknown outcome where the next one knows nothing of them", async () => {
  const { client, welcome } = stage();
  const answer = client.shop.place(order);
  const first = await welcome({ session: { token: "t-1", graceMs: 30_000 } });
  await settle();
  first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
  await settle();
  first.cut();
  await welcome({ session: { token: "t-2", graceMs: 30_000 } });

  expect(await outcomeOf(answer)).toMatchObject({ code: "unavailable", origin: "network" });
});

test("and where another connection is there already: a second one only for them is not made", async () => {
  const { client, welcome, upgrades } = stage();
  const answer = client.shop.place(order);
  const first = await welcome({ session: { token: "t-1", graceMs: 30_000 } });
  await settle();
  first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
  await settle();
  const fresh = client.shop.place(order);
  const second = await welcome({ session: { token: "t-2", graceMs: 30_000 } });
  first.cut();
  expect(await outcomeOf(answer)).toMatchObject({ code: "unavailable", origin: "network" });
  second.respond(1, { id: "new" });

  expect(await outcomeOf(fresh)).toEqual({ id: "new" });
  expect(upgrades).toHaveLength(2);
});

test("a connection that has no call id left is replaced without anybody noticing", async () => {
  const { client, clock, welcome } = stage({ limits: { callsPerConnection: 2 } });
  const gone: number[] = [];
  client.on("goaway", (withinMs) => gone.push(withinMs));
  const calls = [1, 2, 3, 4].map(() => client.shop.place(order));
  const first = await welcome();
  expect(first.heard("request").map(({ id }) => id)).toEqual([1, 2]);
  await clock.advance(0);
  const second = await welcome();
  expect(second.heard("request").map(({ id }) => id)).toEqual([1, 2]);
  for (const peer of [first, second]) for (const id of [1, 2]) peer.respond(id, { id: "o" });

  expect(await Promise.all(calls)).toHaveLength(4);
  await settle();
  expect(first.end).toMatchObject({ code: 1000 });
  expect(gone).toEqual([]);
});

test("a server that asks to leave as soon as it has welcomed is not dialled over and over", async () => {
  const { client, welcome, clock, upgrades } = stage();
  const answer = client.shop.place(order);
  answer.catch(ignore);
  const dialledAt: number[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    while (upgrades.length <= turn) await clock.advance(1);
    dialledAt.push(clock.now());
    const peer = await welcome();
    peer.send(
      { kind: "goaway", id: 0, withinMs: 0 },
      { kind: "error", id: 1, fault: turnedAway, metadata: [] },
    );
    await settle();
  }
  const waits = dialledAt.slice(1).map((at, index) => at - (dialledAt[index] ?? 0));

  expect(waits).toEqual([0, 1_000, 2_000, 4_000]);
});

test("there are never more than two connections: a third waits until one has left", async () => {
  const { client, welcome, upgrades, clock } = stage();
  const calls = [client.shop.place(order)];
  const first = await welcome();
  first.send({ kind: "goaway", id: 0, withinMs: 60_000 });
  await settle();
  calls.push(client.shop.place(order));
  const second = await welcome();
  second.send({ kind: "goaway", id: 0, withinMs: 60_000 });
  await settle();
  calls.push(client.shop.place(order));
  await clock.advance(10_000);
  expect(upgrades).toHaveLength(2);

  first.respond(1, { id: "1" });
  await settle();
  const third = await welcome();
  second.respond(1, { id: "2" });
  third.respond(1, { id: "3" });
  expect(await Promise.all(calls)).toEqual([{ id: "1" }, { id: "2" }, { id: "3" }]);
});

test("a third waits no longer than the servers promised: who then neither closes nor ends its calls is left, and nobody knows what became of those", async () => {
  const { client, clock, welcome, upgrades } = stage();
  const stuck = client.shop.place(order);
  const first = await welcome({ session: { token: "t-1", graceMs: 30_000 } });
  first.send({ kind: "goaway", id: 0, withinMs: 3_000 });
  await settle();
  const other = client.shop.place(order);
  const second = await welcome({ session: { token: "t-2", graceMs: 30_000 } });
  second.send({ kind: "goaway", id: 0, withinMs: 6_000 });
  await settle();
  const fresh = client.shop.place(order);
  await clock.advance(3_000);
  expect(first.end).toBeUndefined();
  expect(upgrades).toHaveLength(2);
  await clock.advance(10_000);
  expect(first.end).toMatchObject({ code: 1000 });
  expect(await outcomeOf(stuck)).toMatchObject({ code: "unavailable", notExecuted: false });
  const third = await welcome();
  third.respond(1, { id: "3" });
  second.respond(1, { id: "2" });

  expect(await outcomeOf(fresh)).toEqual({ id: "3" });
  expect(await outcomeOf(other)).toEqual({ id: "2" });
});

test("a connection that outlives its time is nobody's concern where no other one waits for it: the server may have changed its mind", async () => {
  const { client, clock, welcome } = stage();
  const slow = client.shop.place(order);
  const first = await welcome();
  first.send({ kind: "goaway", id: 0, withinMs: 1_000 });
  await clock.advance(500);
  await welcome();
  await clock.advance(12_000);
  first.respond(1, { id: "1" });

  expect(await outcomeOf(slow)).toEqual({ id: "1" });
});

test("close() ends open, waiting and later calls with cancelled, and says goodbye with 1000", async () => {
  const { client, welcome } = stage();
  const open = client.shop.place(order);
  const peer = await welcome();
  await client.close();

  expect(await outcomeOf(open)).toMatchObject({ code: "cancelled", origin: "local" });
  expect(await outcomeOf(client.shop.place(order))).toMatchObject({ code: "cancelled" });
  await settle();
  expect(peer.end).toMatchObject({ code: 1000 });
  expect(client.state).toBe("closed");
});

test("close() while a socket is being opened calls the attempt off", async () => {
  const { client, upgrade } = stage();
  const answer = client.shop.place(order);
  const attempt = await upgrade();
  await client.close();

  expect(await outcomeOf(answer)).toMatchObject({ code: "cancelled" });
  expect(attempt.socket.readyState).toBeGreaterThanOrEqual(2);
});

test("a closed client can be opened again by connect()", async () => {
  const { client, welcome } = stage();
  client.connect().catch(ignore);
  await welcome();
  await client.close();

  const connected = client.connect();
  await welcome();
  expect(await outcomeOf(connected)).toBeUndefined();
});

test.each<ClientState>(["connecting", "greeting", "ready", "waiting"])(
  "a listener may close the client as it becomes %s, and nothing goes on behind its back",
  async (at) => {
    const { client, upgrades, clock } = stage();
    client.on("state", (state) => {
      if (state === at) void client.close();
    });
    const connected = client.connect();
    await settle();
    const peers = upgrades.map((attempt) => new ScriptedPeer(attempt.accept(), [shop]));
    await settle();
    for (const peer of peers) if (at !== "greeting") peer.welcome();
    await settle();
    for (const peer of peers) if (at === "waiting") peer.cut();
    await outcomeOf(connected);
    await clock.advance(3_600_000);

    expect(client.state).toBe("closed");
    expect(upgrades).toHaveLength(at === "connecting" ? 0 : 1);
  },
);
