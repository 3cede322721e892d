/** Calls that are made within a call: its deadline and its cancellation are theirs, narrower at will, never wider. */
import { ConcordatError } from "@concordat/core";
import { settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";

import { newsStage } from "../fixture/news-stage.ts";
import { servedStage } from "../fixture/served-stage.ts";
import { outcomeOf, stage } from "../fixture/stage.ts";

const order = { sku: "A-1", quantity: 2 };
const { signal } = new AbortController();

describe("the deadline", () => {
  test.each([
    ["is inherited where the call says none", undefined, 400, 400],
    ["is narrowed by the call's own", 100, 400, 100],
    ["is not widened by it", 900, 400, 400],
    ["is not widened by Infinity either", Infinity, 400, 400],
    ["is the call's own where the other has none", 900, undefined, 900],
    ["is none where neither has one", undefined, undefined, 0],
  ])("%s", async (_title, timeoutMs, leftMs, sentMs) => {
    const { client, welcome, clock } = stage();
    const deadline = leftMs === undefined ? undefined : clock.now() + leftMs;
    const options = timeoutMs === undefined ? {} : { timeoutMs };
    const call = client.shop.place(order, { ...options, within: { deadline, signal } });
    const peer = await welcome();

    expect(peer.heard("request").map((request) => request.timeoutMs)).toEqual([sentMs]);
    peer.respond(1, { id: "x" });
    await call;
  });

  test("is the machine's, also where its clock was set back", async () => {
    const { client, welcome, clock } = stage();
    const wall = (): number => clock.now() - 3_600_000;
    Object.assign(clock, { wall });
    const call = client.shop.place(order, { within: { deadline: wall() + 400, signal } });
    const peer = await welcome();

    expect(peer.heard("request").map(({ timeoutMs }) => timeoutMs)).toEqual([400]);
    peer.respond(1, { id: "x" });
    await call;
  });

  test.each([Number.NaN, "soon"])("that is no time fails its call alone: %o", async (given) => {
    const { client, welcome } = stage();
    client.connect().catch(() => undefined);
    const peer = await welcome();
    const deadline = given as number; // as a caller without a compiler would

    await expect(client.shop.place(order, { within: { deadline, signal } })).rejects.toMatchObject({
      name: "ConcordatError",
      code: "invalid_argument",
      rawMessage: `within.deadline is ${given}; give milliseconds.`,
    });
    await settle();
    expect(peer.heard("request")).toEqual([]);
  });

  test.each([Number.NaN, "soon", -Infinity])(
    "or timeoutMs, that is none, is told as what it is: %o",
    async (given) => {
      const { client, upgrades } = stage();
      const timeoutMs = given as number; // as a caller without a compiler would

      expect(await outcomeOf(client.shop.place(order, { timeoutMs }))).toMatchObject({
        code: "invalid_argument",
        rawMessage: `timeoutMs is ${given}; give milliseconds.`,
      });
      expect(upgrades).toHaveLength(0);
    },
  );

  test("that has passed sends nothing", async () => {
    const { client, clock, upgrades } = stage();
    const call = client.shop.place(order, { within: { deadline: clock.now(), signal } });

    expect(await outcomeOf(call)).toMatchObject({ code: "deadline_exceeded" });
    expect(upgrades).toEqual([]);
  });
});

test("a call within one that is given up is given up too, at its server as well", async () => {
  const { client, welcome } = stage();
  const outer = new AbortController();
  const within = { deadline: undefined, signal: outer.signal };
  const call = client.shop.place(order, { within, signal });
  const peer = await welcome();
  const reason = new ConcordatError("cancelled", "The caller gave the call up.");
  outer.abort(reason);

  expect(await outcomeOf(call)).toMatchObject({ code: "cancelled", cause: reason });
  await settle();
  expect(peer.heard("cancel")).toHaveLength(1);
  expect(await outcomeOf(client.shop.place(order, { within }))).toMatchObject({
    code: "cancelled",
  });
  expect(peer.heard("request")).toHaveLength(1);
});

test("a handler hands its context on: giving up the first call gives up the second, two servers away", async () => {
  const back = servedStage();
  const { client } = newsStage({
    async ask(_request, context) {
      await back.client.shop.place(order, { within: context });
      return null;
    },
  });
  const abort = new AbortController();
  const asked = client().news.ask({}, { signal: abort.signal });
  await settle();
  expect(back.log).toEqual(["place A-1"]);
  abort.abort();
  await settle();

  expect(await outcomeOf(asked)).toMatchObject({ code: "cancelled" });
  expect(back.log).toEqual(["place A-1", "abort A-1"]);
});

test("a notification within a call leaves before its deadline, or not at all", async () => {
  const { client, clock, pipes } = newsStage();
  const within = { deadline: clock.now(), signal };

  expect(await outcomeOf(client().news.seen({ id: "1" }, { within }))).toMatchObject({
    code: "deadline_exceeded",
  });
  expect(pipes).toEqual([]);
});
