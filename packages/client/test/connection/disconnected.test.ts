/** Why a client has no connection: told whenever one, or an attempt to make one, has ended and another follows. */
import { refusal, rejectToText } from "@concordat/core/internal";
import { settle } from "@concordat/testing";
import { expect, test } from "vitest";
import { Life } from "../../src/connection/life.ts";
import type { ClientEvents, Disconnection } from "../../src/index.ts";
import { Listeners } from "../../src/connection/listeners.ts";
import { neverOpened } from "../../src/socket/connection-end.ts";
import { order } from "../fixture/shop.ts";
import { ignore, outcomeOf, stage } from "../fixture/stage.ts";

/** A stage, and every end that its client tells of. */
function watched(...given: Parameters<typeof stage>): ReturnType<typeof stage> & {
  readonly told: Disconnection[];
} {
  const made = stage(...given);
  const told: Disconnection[] = [];
  made.client.on("disconnected", (event) => told.push(event));
  return { ...made, told };
}

test("each failed attempt is told, with why, how many have failed, and how long until the next", async () => {
  const { client, upgrade, untilDial, told } = watched();
  client.shop.place(order).catch(ignore);
  (await upgrade()).fail();
  await settle();
  const waited = await untilDial();
  (await upgrade()).fail();
  await settle();

  const abnormal = { closeCode: 1006, reason: "1006 abnormal", cause: undefined };
  expect(told).toEqual([
    { ...abnormal, failures: 1, retryInMs: waited },
    { ...abnormal, failures: 2, retryInMs: 1_000 },
  ]);
});

test("what a function of the application threw is the cause", async () => {
  const cause = new Error("the directory is down");
  const { client, told } = watched({ url: () => Promise.reject(cause) });
  client.connect().catch(ignore);
  await settle();

  expect(told).toMatchObject([{ closeCode: 1006, cause }]);
  expect(told[0]?.reason).toContain("the function that was given to connect");
});

test("a connection that lasted and is lost is the first failure, told behind the state", async () => {
  const { client, upgrade, untilDial, welcome, clock, states, told } = watched();
  const seen: unknown[] = [];
  client.on("disconnected", () => seen.push(states.at(-1)));
  client.connect().catch(ignore);
  (await upgrade()).fail();
  await settle();
  await untilDial();
  const peer = await welcome();
  await clock.advance(10_000);
  peer.close(4503, "draining spread=20000");
  await settle();

  expect(told.at(-1)).toMatchObject({
    closeCode: 4503,
    reason: "4503 draining",
    failures: 1,
    retryInMs: 10_000,
  });
  expect(seen).toEqual(["waiting", "waiting"]);
});

test("a refusal that came before a cut says why, and not the cut", async () => {
  const { client, accept, told } = watched();
  client.connect().catch(ignore);
  const peer = await accept();
  peer.text(rejectToText(refusal("too-many-requests", { message: "Not so fast." })));
  await settle();
  peer.cut();
  await settle();

  expect(told).toMatchObject([{ closeCode: 4529, reason: "4529 too-many-requests" }]);
});

test("where the next call makes the next attempt, no time is told", async () => {
  const { client, welcome, told } = watched();
  client.connect().catch(ignore);
  const peer = await welcome();
  peer.close(4510);
  await settle();

  expect(client.state).toBe("idle");
  expect(told).toMatchObject([{ closeCode: 4510, failures: 1 }]);
  expect(told[0]?.retryInMs).toBeUndefined();
});

test("a server that is behind is told at each attempt, where `serverOutdated` is told once", async () => {
  const { client, accept, untilDial, told } = watched();
  const outdated: unknown[] = [];
  client.on("serverOutdated", (error) => outdated.push(error));
  const behind = refusal("server-behind", { message: "Update the server.", contract: "shop" });
  client.connect().catch(ignore);
  (await accept()).reject(behind);
  await settle();
  await untilDial();
  (await accept()).reject(behind);
  await settle();

  expect(told.map(({ closeCode }) => closeCode)).toEqual([4526, 4526]);
  expect(outdated).toHaveLength(1);
});

test("a client that the application closes tells nothing of it, not even where a listener does", async () => {
  const { client, welcome, upgrade, told } = watched();
  client.connect().catch(ignore);
  await welcome();
  await client.close();
  client.on("state", (state) => state === "waiting" && void client.close());
  client.connect().catch(ignore);
  (await upgrade()).fail();
  await settle();

  expect(client.state).toBe("closed");
  expect(told).toEqual([]);
});

test("a client that is refused tells nothing of it: its calls say why", async () => {
  const { client, accept, told } = watched();
  const answer = client.shop.place(order);
  (await accept()).reject(refusal("client-too-old", { message: "", contract: "shop" }));

  expect(await outcomeOf(answer)).toMatchObject({ name: "UpgradeRequiredError" });
  expect(told).toEqual([]);
});

test("a connection that the server asked to leave is no loss", async () => {
  const { client, welcome, told } = watched();
  client.connect().catch(ignore);
  const first = await welcome();
  first.send({ kind: "goaway", id: 0, withinMs: 20_000 });
  await settle();
  expect(first.end).toMatchObject({ code: 1000 });

  expect(told).toEqual([]);
});

test("nothing is made of an end that nobody listens to", () => {
  const listeners = new Listeners<ClientEvents>(ignore);
  let looks = 0;
  const end = Object.defineProperty(neverOpened({}), "cause", { get: () => (looks += 1) });
  const life = new Life(listeners);
  life.over(end, 1, 0);
  expect(looks).toBe(0);
  listeners.on("disconnected", ignore);
  life.over(end, 1, 0);

  expect(looks).toBe(1);
});

test("a client whose calls do not wait fails those that wait, and takes others as soon as it dials again", async () => {
  const { client, upgrade, untilDial, accept } = stage({ whenDisconnected: "fail" });
  const first = client.shop.place(order);
  (await upgrade()).fail();
  expect(await outcomeOf(first)).toMatchObject({ code: "unavailable", notExecuted: true });
  expect(await outcomeOf(client.shop.place(order))).toMatchObject({ code: "unavailable" });
  await untilDial();
  const next = client.shop.place(order);
  expect(await outcomeOf(next)).toBe("pending");
  const peer = await accept();
  peer.welcome();
  peer.respond(1, { id: "o-1" });

  expect(await outcomeOf(next)).toEqual({ id: "o-1" });
});
