/** Deadlines and aborts, at every stage of a call. */
import { settle } from "@concordat/testing";
import { expect, test } from "vitest";
import { order } from "../fixture/shop.ts";
import { outcomeOf, stage } from "../fixture/stage.ts";

/** A signal that counts who listens to it. */
function watchedSignal(): {
  abort: (reason?: unknown) => void;
  signal: AbortSignal;
  listening: () => number;
} {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listeners.add(args[1]);
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listeners.delete(args[1]);
    remove(...args);
  };
  return { abort: (reason) => controller.abort(reason), signal, listening: () => listeners.size };
}

test.each([null, {}, new AbortController()])(
  "a signal that is none fails its call alone, in a sentence that names the option: %o",
  async (given) => {
    const { client, welcome } = stage();
    client.connect().catch(() => undefined);
    const peer = await welcome();
    const signal = given as unknown as AbortSignal; // as a caller without a compiler would

    await expect(client.shop.place(order, { signal })).rejects.toMatchObject({
      name: "ConcordatError",
      code: "invalid_argument",
      rawMessage: "signal is no AbortSignal.",
    });
    await settle();
    expect(peer.heard("request")).toEqual([]);
  },
);

test("a deadline travels as the time that is left, and ends the call though the server is silent", async () => {
  const { client, welcome, clock } = stage();
  client.connect().catch(() => undefined);
  const peer = await welcome();
  const answer = client.shop.place(order, { timeoutMs: 2_000 });
  await settle();
  expect(peer.heard("request")).toMatchObject([{ timeoutMs: 2_000 }]);

  await clock.advance(1_999);
  expect(await outcomeOf(answer)).toBe("pending");
  await clock.advance(1);
  expect(await outcomeOf(answer)).toMatchObject({
    code: "deadline_exceeded",
    rawMessage: "shop/place was not answered within 2000 ms.",
    origin: "local",
  });
  expect(peer.heard("cancel")).toEqual([{ kind: "cancel", id: 1, code: 4 }]);
});

test("a call whose own request aborts it while it is written is given up at the server too", async () => {
  const { client, welcome } = stage();
  client.connect().catch(() => undefined);
  const peer = await welcome();
  const controller = new AbortController();
  const request = {
    quantity: 2,
    get sku() {
      controller.abort();
      return "A-1";
    },
  };

  const outcome = outcomeOf(client.shop.place(request, { signal: controller.signal }));
  expect(await outcome).toMatchObject({ code: "cancelled", origin: "local" });
  await settle();
  expect(peer.heard("request").length).toBe(peer.heard("cancel").length);
});

test("time spent waiting for a connection counts", async () => {
  const { client, upgrade, welcome, untilDial } = stage();
  const answer = client.shop.place(order, { timeoutMs: 2_000 });
  (await upgrade()).fail();
  await settle();
  const waited = await untilDial();
  const peer = await welcome();

  expect(waited).toBe(500);
  expect(peer.heard("request")).toMatchObject([{ timeoutMs: 1_500 }]);
  peer.respond(1, { id: "o-1" });
  await answer;
});

test("a call whose deadline passes before there is a connection is never sent, and says what it waited for", async () => {
  const { client, upgrade, clock } = stage();
  const answer = client.shop.place(order, { timeoutMs: 300 });
  (await upgrade()).fail();
  await clock.advance(300);

  expect(await outcomeOf(answer)).toMatchObject({
    code: "deadline_exceeded",
    rawMessage: "shop/place was not answered within 300 ms, waiting for a connection.",
  });
});

test("a call is never sent late, though its timer is: the clock decides", async () => {
  const { client, accept, clock } = stage();
  const answer = client.shop.place(order, { timeoutMs: 300 });
  // Time passes, and the timers of a hidden tab do not run.
  clock.now = () => 1_000_300;
  const peer = await accept();

  expect(await outcomeOf(answer)).toMatchObject({ code: "deadline_exceeded" });
  expect(peer.heard("request")).toEqual([]);
});

test("the client's own timeout holds for calls that say none, and a call may say otherwise", async () => {
  const { client, welcome } = stage({ timeoutMs: 9_000 });
  client.connect().catch(() => undefined);
  const peer = await welcome();
  const answers = [undefined, 100, Infinity].map((timeoutMs) =>
    client.shop.place(order, timeoutMs === undefined ? {} : { timeoutMs }),
  );
  await settle();

  expect(peer.heard("request").map(({ timeoutMs }) => timeoutMs)).toEqual([9_000, 100, 0]);
  for (const id of [1, 2, 3]) peer.respond(id, { id: "o" });
  await Promise.all(answers);
});

test.each([0, -5])("a timeout of %d ms is over before anything is sent", async (timeoutMs) => {
  const { client, upgrades } = stage();

  expect(await outcomeOf(client.shop.place(order, { timeoutMs }))).toMatchObject({
    code: "deadline_exceeded",
  });
  expect(upgrades).toHaveLength(0);
});

test("an abort reaches the server, and the caller gets the signal's reason as the cause", async () => {
  const { client, welcome } = stage();
  const { signal, abort, listening } = watchedSignal();
  const answer = client.shop.place(order, { signal });
  const peer = await welcome();
  abort("changed my mind");

  expect(await outcomeOf(answer)).toMatchObject({ code: "cancelled", cause: "changed my mind" });
  expect(peer.heard("cancel")).toEqual([{ kind: "cancel", id: 1, code: 1 }]);
  expect(listening()).toBe(0);
});

test("a signal that has aborted already sends nothing, and is not listened to", async () => {
  const { client, upgrades } = stage();
  const { signal, abort, listening } = watchedSignal();
  abort();

  expect(await outcomeOf(client.shop.place(order, { signal }))).toMatchObject({
    code: "cancelled",
  });
  expect(upgrades).toHaveLength(0);
  expect(listening()).toBe(0);
});

test("an abort while the call waits for a connection takes it out of the queue", async () => {
  const { client, accept } = stage();
  const { signal, abort, listening } = watchedSignal();
  const answer = client.shop.place(order, { signal });
  abort();
  const peer = await accept();

  expect(await outcomeOf(answer)).toMatchObject({ code: "cancelled" });
  expect(peer.heard("request")).toEqual([]);
  expect(listening()).toBe(0);
});

test("an abort before the welcome, whose early data is then discarded, makes nothing again", async () => {
  const { client, accept } = stage();
  const { signal, abort } = watchedSignal();
  const answer = client.shop.place(order, { signal });
  const peer = await accept();
  abort();
  await outcomeOf(answer);
  peer.welcome({ early: "discarded" });
  await settle();

  expect(peer.heard("request")).toHaveLength(1);
});

test("an abort after the answer is harmless", async () => {
  const { client, welcome } = stage();
  const { signal, abort, listening } = watchedSignal();
  const answer = client.shop.place(order, { signal });
  const peer = await welcome();
  peer.respond(1, { id: "o-1" });
  expect(await answer).toEqual({ id: "o-1" });
  expect(listening()).toBe(0);
  abort();
  await settle();

  expect(peer.heard("cancel")).toEqual([]);
});

test("a signal that many calls have is listened to once, for as long as one of them is open", async () => {
  const { client, welcome } = stage();
  const { signal, abort, listening } = watchedSignal();
  const answers = Array.from({ length: 12 }, () => client.shop.place(order, { signal }));
  const peer = await welcome();
  expect(listening()).toBe(1);
  peer.respond(1, { id: "o-1" });
  expect(await answers[0]).toEqual({ id: "o-1" });
  expect(listening()).toBe(1);
  abort("closed");

  for (const answer of answers.slice(1))
    expect(await outcomeOf(answer)).toMatchObject({ code: "cancelled", cause: "closed" });
  expect(peer.heard("cancel")).toHaveLength(11);
  expect(listening()).toBe(0);
});

test("an answer that crosses the abort is dropped, and the connection lives on", async () => {
  const { client, welcome } = stage();
  const { signal, abort } = watchedSignal();
  const answer = client.shop.place(order, { signal });
  const peer = await welcome();
  abort();
  peer.respond(1, { id: "o-1" });

  expect(await outcomeOf(answer)).toMatchObject({ code: "cancelled" });
  expect(client.state).toBe("ready");
});

test.each([
  ["is not able to", undefined],
  [
    "throws",
    () => {
      throw new Error("it is another library's");
    },
  ],
])(
  "a call ends, and others go on, where its signal should let go of it and %s",
  async (_name, removeEventListener) => {
    const { client, welcome, upgrades } = stage();
    const alike = { aborted: false, addEventListener: () => undefined, removeEventListener };
    const signal = alike as unknown as AbortSignal; // as a caller without a compiler would
    const odd = client.shop.place(order, { signal });
    const other = client.shop.place(order);
    const peer = await welcome();
    peer.respond(1, { id: "a" });
    peer.respond(2, { id: "b" });

    expect(await outcomeOf(odd)).toEqual({ id: "a" });
    expect(await outcomeOf(other)).toEqual({ id: "b" });
    expect(upgrades).toHaveLength(1);
  },
);
