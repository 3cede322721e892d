/** Streams of requests: as fast as the server takes them, and a source that is always let go, once. */
import { ConcordatError, limitRules } from "@concordat/core";
import { announce } from "@concordat/core/internal";
import { settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";
import { outcomeOf, stage } from "../fixture/stage.ts";

const announced = announce((name) => limitRules[name].default);

/** Counts up for ever, and remembers what was asked of it. */
function counting(): AsyncIterable<number> & { asked: number; returned: number } {
  const source = {
    asked: 0,
    returned: 0,
    [Symbol.asyncIterator]: () => ({
      async next() {
        source.asked += 1;
        return { done: false as const, value: source.asked };
      },
      async return() {
        source.returned += 1;
        return { done: true as const, value: undefined };
      },
    }),
  };
  return source;
}

/** Has one item, and never says whether there is another one. */
async function* stuckAfterOne(): AsyncGenerator<number> {
  yield 1;
  await new Promise(() => undefined);
}

test.each<[string, () => Iterable<number> | AsyncIterable<number>]>([
  ["an array", () => [1, 2, 3]],
  ["a set", () => new Set([1, 2, 3])],
  [
    "a generator",
    function* () {
      yield* [1, 2, 3];
    },
  ],
  [
    "an async generator",
    async function* () {
      yield* [1, 2, 3];
    },
  ],
])("%s is streamed, then ended, then answered", async (_, source) => {
  const { client, welcome } = stage();
  const answer = client.shop.stock.add(source());
  const peer = await welcome();

  expect(peer.frames.map(({ kind }) => kind)).toEqual(["request", "item", "item", "item", "end"]);
  expect(peer.heard("item").map(({ payload }) => Array.from(payload))).toEqual([[1], [2], [3]]);
  peer.respond(1, 6);
  expect(await outcomeOf(answer)).toBe(6);
});

test("no item leaves before the welcome, and the source is not asked for one", async () => {
  const { client, accept } = stage();
  const source = counting();
  const answer = client.shop.stock.add(source);
  const peer = await accept();
  expect(peer.frames.map(({ kind }) => kind)).toEqual(["request"]);
  expect(source.asked).toBe(0);

  peer.welcome({ limits: { ...announced, streamWindowBytes: 2 } });
  await settle();
  peer.respond(1, 0);
  expect(await outcomeOf(answer)).toBe(0);
  expect(source.returned).toBe(1);
});

test("a call that is made again after discarded early data streams each item once", async () => {
  const { client, accept } = stage();
  let asking = 0;
  let mostAsking = 0;
  let item = 0;
  const source = {
    [Symbol.asyncIterator]: () => ({
      async next() {
        asking += 1;
        mostAsking = Math.max(mostAsking, asking);
        await Promise.resolve();
        asking -= 1;
        item += 1;
        return item <= 2
          ? { done: false as const, value: item }
          : { done: true as const, value: 0 };
      },
    }),
  };
  const answer = client.shop.stock.add(source);
  const peer = await accept();
  peer.welcome({ early: "discarded" });
  await settle();

  expect(peer.frames.map(({ kind }) => kind)).toEqual([
    "request",
    "begin",
    "request",
    "item",
    "item",
    "end",
  ]);
  expect(mostAsking).toBe(1);
  peer.respond(1, 3);
  expect(await outcomeOf(answer)).toBe(3);
});

test("a server that takes nothing stops the source; credit for the call lets it go on", async () => {
  const { client, welcome } = stage();
  const source = counting();
  const answer = client.shop.stock.add(source);
  const peer = await welcome({ limits: { ...announced, streamWindowBytes: 3 } });
  await settle();
  expect(peer.heard("item")).toHaveLength(3);
  expect(source.asked).toBe(3);

  peer.send({ kind: "credit", id: 1, bytes: 2 });
  await settle();
  expect(peer.heard("item")).toHaveLength(5);
  peer.respond(1, 15);
  expect(await outcomeOf(answer)).toBe(15);
  expect(source.returned).toBe(1);
});

test("one connection's credit is shared: several streams wait for it, and all go on", async () => {
  const { client, welcome } = stage();
  const sources = [counting(), counting()];
  const answers = sources.map((source) => client.shop.stock.add(source));
  const limits = { ...announced, streamWindowBytes: 100, connectionWindowBytes: 4 };
  const peer = await welcome({ limits });
  await settle();
  expect(peer.heard("item")).toHaveLength(4);

  peer.send({ kind: "credit", id: 0, bytes: 4 });
  await settle();
  const byCall = [1, 2].map((id) => peer.heard("item").filter((item) => item.id === id).length);
  expect(byCall).toEqual([4, 4]);
  for (const id of [1, 2]) peer.respond(id, 0);
  await Promise.all(answers);
});

test("a source that is slow with its next item does not keep other streams from the connection's credit", async () => {
  const { client, welcome } = stage();
  const answers = [stuckAfterOne(), counting()].map((source) => client.shop.stock.add(source));
  const limits = { ...announced, streamWindowBytes: 100, connectionWindowBytes: 1 };
  const peer = await welcome({ limits });
  await settle();
  for (let turn = 0; turn < 5; turn += 1) {
    peer.send({ kind: "credit", id: 0, bytes: 1 });
    await settle();
  }

  expect(peer.heard("item").map(({ id }) => id)).toEqual([2, 1, 2, 2, 2, 2]);
  for (const id of [1, 2]) peer.respond(id, 0);
  await Promise.all(answers);
});

test.each([1, 2, 3, 4, 5, 6, 7])(
  "streams that share a connection's credit of %d send no more than that together",
  async (connectionWindowBytes) => {
    const { client, welcome } = stage();
    const answers = Array.from({ length: 3 }, () => client.shop.stock.add(counting()));
    const limits = { ...announced, streamWindowBytes: 100, connectionWindowBytes };
    const peer = await welcome({ limits });
    await settle();
    expect(peer.heard("item")).toHaveLength(connectionWindowBytes);

    for (const id of [1, 2, 3]) peer.respond(id, 0);
    await Promise.all(answers);
  },
);

describe("when the call ends first, the source's return() is called exactly once:", () => {
  test("by an answer", async () => {
    const { client, welcome } = stage();
    const source = counting();
    const answer = client.shop.stock.add(source);
    const peer = await welcome({ limits: { ...announced, streamWindowBytes: 2 } });
    peer.respond(1, 1);

    expect(await outcomeOf(answer)).toBe(1);
    expect(source.returned).toBe(1);
  });

  test("by an abort", async () => {
    const { client, welcome } = stage();
    const source = counting();
    const abort = new AbortController();
    const answer = client.shop.stock.add(source, { signal: abort.signal });
    const peer = await welcome({ limits: { ...announced, streamWindowBytes: 2 } });
    abort.abort();
    abort.abort();

    expect(await outcomeOf(answer)).toMatchObject({ code: "cancelled" });
    expect(source.returned).toBe(1);
    expect(peer.heard("cancel")).toHaveLength(1);
  });

  test("by a lost connection", async () => {
    const { client, welcome } = stage();
    const source = counting();
    const answer = client.shop.stock.add(source);
    const peer = await welcome({ limits: { ...announced, streamWindowBytes: 2 } });
    peer.close(4500);

    expect(await outcomeOf(answer)).toMatchObject({ code: "unavailable" });
    expect(source.returned).toBe(1);
  });

  test("before it was ever asked for an item", async () => {
    const { client } = stage();
    const source = counting();
    const answer = client.shop.stock.add(source, { timeoutMs: 0 });

    expect(await outcomeOf(answer)).toMatchObject({ code: "deadline_exceeded" });
    expect(source).toMatchObject({ asked: 0, returned: 1 });
  });

  test("by options that are wrong", async () => {
    const { client } = stage();
    const source = counting();
    const answer = client.shop.stock.add(source, { metadata: { "Not Allowed": "" } });

    expect(await outcomeOf(answer)).toMatchObject({ code: "invalid_argument" });
    expect(source.returned).toBe(1);
  });

  test("by an item that does not match", async () => {
    const { client, welcome } = stage();
    let cleanups = 0;
    function* items(): Generator<number> {
      try {
        yield 1;
        // What a caller in JavaScript might do.
        yield "two" as never;
      } finally {
        cleanups += 1;
      }
    }
    const answer = client.shop.stock.add(items());
    const peer = await welcome();

    expect(await outcomeOf(answer)).toMatchObject({ code: "invalid_argument", origin: "local" });
    expect(peer.heard("item")).toHaveLength(1);
    expect(peer.heard("cancel")).toHaveLength(1);
    expect(cleanups).toBe(1);
  });

  test("while it is thinking about its next item", async () => {
    const { client, welcome } = stage();
    let returned = 0;
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<IteratorResult<number>>(() => undefined),
        async return() {
          returned += 1;
          return { done: true as const, value: undefined };
        },
      }),
    };
    const answer = client.shop.stock.add(source);
    const peer = await welcome();
    peer.respond(1, 0);

    expect(await outcomeOf(answer)).toBe(0);
    expect(returned).toBe(1);
  });
});

test("a source that has ended is not told to return", async () => {
  const { client, welcome } = stage();
  let returned = 0;
  const source = {
    [Symbol.iterator]: () => ({
      next: () => ({ done: true as const, value: undefined }),
      return() {
        returned += 1;
        return { done: true as const, value: undefined };
      },
    }),
  };
  const answer = client.shop.stock.add(source);
  const peer = await welcome();
  peer.respond(1, 0);

  expect(await outcomeOf(answer)).toBe(0);
  expect(returned).toBe(0);
});

test("a source that throws cancels the call, and its error is the cause", async () => {
  const { client, welcome } = stage();
  const mistake = new Error("the disk is gone");
  const answer = client.shop.stock.add(
    (async function* () {
      yield 1;
      throw mistake;
    })(),
  );
  const peer = await welcome();

  expect(await outcomeOf(answer)).toMatchObject({
    code: "cancelled",
    origin: "local",
    cause: mistake,
  });
  expect(peer.heard("cancel")).toHaveLength(1);
});

test.each([
  ["nothing", null],
  ["what has no text", Object.create(null) as unknown],
  ["an error whose message has none", Object.assign(new Error(), { message: { toString: null } })],
])("a source that throws %s cancels the call, too", async (_, thrown) => {
  const { client, welcome } = stage();
  const answer = client.shop.stock.add(
    // oxlint-disable-next-line require-yield
    (async function* (): AsyncGenerator<number> {
      throw thrown;
    })(),
  );
  const peer = await welcome();

  expect(await outcomeOf(answer)).toMatchObject({ code: "cancelled", cause: thrown });
  expect(peer.heard("cancel")).toHaveLength(1);
});

test.each([
  ["nothing", undefined],
  ["a number", 5],
  ["an object", {}],
  ["a text", "text"],
])("%s is no source: the call fails before anything is sent", async (_, source) => {
  const { client, upgrades } = stage();

  // A caller in JavaScript, whom no compiler has warned.
  expect(await outcomeOf(client.shop.stock.add(source as never))).toMatchObject({
    code: "invalid_argument",
  });
  expect(upgrades).toHaveLength(0);
});

test("a bidi stream sends and receives at once, and ends when the server says so", async () => {
  const { client, welcome } = stage();
  const source = ["a", "b"];
  const answers: string[] = [];
  const talk = (async () => {
    for await (const answer of client.shop.stock.chat(source)) answers.push(answer);
  })();
  const peer = await welcome();
  peer.items(1, "A");
  await settle();
  expect(answers).toEqual(["A"]);
  expect(peer.frames.map(({ kind }) => kind)).toEqual(["request", "item", "item", "end"]);
  peer.items(1, "B");
  peer.endStream(1);
  await talk;

  expect(answers).toEqual(["A", "B"]);
});

test("breaking out of a bidi stream cancels at the server and lets the source go", async () => {
  const { client, welcome } = stage();
  let cleanups = 0;
  async function* source(): AsyncGenerator<string> {
    try {
      for (;;) {
        yield "x";
        await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
      }
    } finally {
      cleanups += 1;
    }
  }
  const talk = (async () => {
    for await (const answer of client.shop.stock.chat(source())) if (answer === "A") break;
  })();
  const peer = await welcome({ limits: { ...announced, streamWindowBytes: 4 } });
  peer.items(1, "A");
  await talk;
  await settle();

  expect(cleanups).toBe(1);
  expect(peer.heard("cancel")).toHaveLength(1);
});

test("a source that is at its end in any way that counts as true is asked no more", async () => {
  const { client, welcome } = stage();
  let asked = 0;
  const source = {
    [Symbol.iterator]: () => ({
      next: () =>
        ({
          done: (asked += 1) > 2 ? 1 : 0,
          value: asked,
        }) as unknown as IteratorYieldResult<number>, // as JavaScript may
    }),
  };
  const sum = client.shop.stock.add(source);
  const peer = await welcome();
  await settle();
  peer.respond(1, 3);
  await sum;

  expect(peer.heard("item")).toHaveLength(2);
  expect(peer.heard("end")).toHaveLength(1);
});

test("what throws when its code is looked at ends its call, where a source threw it", async () => {
  const { client, welcome } = stage();
  const thrown = Object.defineProperty(new ConcordatError("aborted", "No."), "code", {
    get() {
      throw new Error("it was looked at");
    },
  });
  async function* source(): AsyncGenerator<number> {
    yield 1;
    throw thrown;
  }
  const sum = client.shop.stock.add(source());
  await welcome();

  expect(await outcomeOf(sum)).toMatchObject({ code: "cancelled", cause: thrown });
});
