/** What typed adapters convert, in steps and in functions: messages, streams, errors, metadata, and their mistakes. */
import { ConcordatError, type Metadata, withCursor } from "@concordat/core";
import { describe, expect, test } from "vitest";

import type { Adapter, MetadataConversion } from "../../src/index.ts";
import type { Caller, CallerOptions } from "../fixture/caller.ts";
import { desk, deskAdapter, type DeskHandlers, deskService } from "../fixture/desk.ts";
import { offersOf } from "../fixture/library-history.ts";
import type { OpenCall } from "../fixture/open-call.ts";
import { Stage } from "../fixture/stage.ts";

function stageWith(handlers?: Partial<DeskHandlers>, adapter?: Adapter): Stage {
  return new Stage({ services: [deskService(handlers, adapter)] });
}

async function clientOf(
  release: string,
  stage: Stage,
  limits: CallerOptions["limits"] = {},
): Promise<Caller> {
  const offers = offersOf(desk.history, release);
  const caller = stage.caller({ contracts: [{ name: "desk", offers, optional: false }], limits });
  await caller.welcome;
  return caller;
}

/** The desk's adapter, with something else for one procedure. */
function adapted(procedures: Adapter["procedures"]): Adapter {
  return { ...deskAdapter, procedures: { ...deskAdapter.procedures, ...procedures } };
}

async function sent(call: OpenCall, items: readonly unknown[]): Promise<unknown> {
  for (const item of items) call.send(item);
  call.call.sendEnd();
  return call.done;
}

describe("messages", () => {
  test("are converted by steps in one direction and by a function in the other", async () => {
    const caller = await clientOf("1.0.0", stageWith());

    expect(await caller.unary("desk/place", { sku: "A" }).done).toEqual({ id: "1 A", total: 7 });
  });

  test("of a release whose change was derived need nothing written", async () => {
    const caller = await clientOf("2.0.0", stageWith());

    expect(await caller.unary("desk/place", { article: "A", quantity: 2 }).done).toEqual({
      id: "2 A",
      total: { amount: 7 },
    });
  });

  test("lose what a release between does not have, although the newest has another of that name", async () => {
    const stage = stageWith();
    const caller = await clientOf("1.0.0", stage);

    expect(await caller.unary("desk/place", { sku: "A", note: "now" }).done).toEqual({
      id: "1 A",
      total: 7,
    });
    expect(stage.log).toEqual([]);
  });
});

describe("streams", () => {
  test("of responses: one item becomes two, or none, and the converter has the last word", async () => {
    const call = (await clientOf("1.0.0", stageWith())).stream("desk/news", {});
    await call.done;

    expect(call.items).toEqual(["one", "two", "three", "3 words"].map((text) => ({ text })));
  });

  test("of requests: two items become one, and the last of them comes at the end", async () => {
    const caller = await clientOf("1.0.0", stageWith());
    const items = ["a", "b", "c"].map((text) => ({ text }));

    expect(await sent(caller.open("clientStream", "desk/upload"), items)).toBe(21);
  });

  test("of requests without an item end with the converter's last word, too", async () => {
    const stage = stageWith(
      {},
      adapted({
        upload: {
          request: { stream: () => ({ item: () => [], end: () => [{ pair: ["the end"] }] }) },
        },
      }),
    );
    const caller = await clientOf("1.0.0", stage);

    expect(await sent(caller.open("clientStream", "desk/upload"), [])).toBe(1);
  });

  test("have a converter each", async () => {
    const caller = await clientOf("1.0.0", stageWith());
    const [one, other] = [1, 2].map(() => caller.open("clientStream", "desk/upload"));
    one?.send({ text: "a" });
    other?.send({ text: "x" });
    one?.send({ text: "b" });
    one?.call.sendEnd();
    other?.call.sendEnd();

    expect(await one?.done).toBe(2);
    expect(await other?.done).toBe(1);
  });

  test("both ways at once", async () => {
    const caller = await clientOf("1.0.0", stageWith());
    const call = caller.open("bidiStream", "desk/talk");
    await sent(call, [{ text: "hi" }, { text: "ho" }]);

    expect(call.items).toEqual([{ text: "HI" }, { text: "HO" }]);
  });

  test("give credit back for items that became none", async () => {
    const stage = new Stage({
      services: [deskService({ upload: async () => new Promise(() => undefined) }, silent)],
      limits: { streamWindowBytes: 100, connectionWindowBytes: 200 },
    });
    const caller = await clientOf("1.0.0", stage);
    const call = caller.open("clientStream", "desk/upload");
    for (let item = 0; item < 100; item += 1) {
      expect(call.call.canSend).toBe(true);
      call.send({ text: "x".repeat(20) });
      await stage.clock.advance(0);
    }
  });

  test("left in the middle of an item run the converter's finally, once", async () => {
    let left = 0;
    const slow = adapted({
      news: {
        response: {
          stream: () => ({
            *item() {
              try {
                for (let count = 0; count < 900; count += 1) yield { text: "x".repeat(20) };
              } finally {
                left += 1;
              }
            },
          }),
        },
      },
    });
    const stage = stageWith({}, slow);
    const limits = { streamWindowBytes: 100 };
    const call = (await clientOf("1.0.0", stage, limits)).stream("desk/news", {});
    call.stalled = true;
    await stage.clock.advance(0);
    expect(left).toBe(0);
    call.call.cancel();
    await stage.clock.advance(0);

    expect(left).toBe(1);
  });

  const silent = adapted({ upload: { request: { stream: () => ({ item: () => [] }) } } });
});

describe("a procedure that is gone is answered in terms of the new ones", () => {
  test("a server stream", async () => {
    const call = (await clientOf("1.0.0", stageWith())).stream("desk/ticks", { to: 3 });
    await call.done;

    expect(call.items).toEqual([1, 2, 3]);
  });

  test("a server stream whose handler gives cursors", async () => {
    const stage = stageWith({
      async *count({ from, to }) {
        for (let at = from; at <= to; at += 1) yield withCursor({ at }, String(at));
      },
    });
    const call = (await clientOf("1.0.0", stage)).stream("desk/ticks", { to: 3 });
    await call.done;

    expect(call.items).toEqual([1, 2, 3]);
  });

  test("a client stream", async () => {
    const caller = await clientOf("1.0.0", stageWith());

    expect(await sent(caller.open("clientStream", "desk/join"), ["a", "b", "c"])).toBe("abc");
  });

  test("a stream that its reader leaves leaves the newer one too", async () => {
    let left = false;
    const stage = stageWith({
      async *count({ from }) {
        try {
          for (let at = from; ; at += 1) yield { at };
        } finally {
          left = true;
        }
      },
    });
    const call = (await clientOf("1.0.0", stage)).stream("desk/ticks", { to: 3 });
    await stage.clock.advance(0);
    call.call.cancel();
    await stage.clock.advance(0);

    expect(left).toBe(true);
  });
});

describe("a conversion that makes a promise fails that call only, also where the promise is rejected", () => {
  const up: Adapter["procedures"][string] = {
    request: placedFor,
    // It is none: a program in JavaScript may do so.
    metadata: { request: late as unknown as () => Metadata },
  };
  const looking: Partial<DeskHandlers> = {
    place: (_request, { metadata }) => ({
      id: metadata.join(),
      total: { amount: 0, currency: "" },
    }),
  };

  test.each<[string, Adapter["procedures"][string], Partial<DeskHandlers>?]>([
    ["request", { request: late }],
    ["response", { request: placedFor, response: late }],
    ["metadata", up, looking],
  ])("of the %s", async (what, place, handlers) => {
    const rejected: unknown[] = [];
    const hear = (reason: unknown): void => void rejected.push(reason);
    process.on("unhandledRejection", hear);
    const stage = stageWith(handlers, adapted({ place }));
    const caller = await clientOf("1.0.0", stage);
    const error = await caller.unary("desk/place", { sku: "A" }).error;
    await new Promise((turn) => setImmediate(turn));
    process.off("unhandledRejection", hear);

    expect(error).toMatchObject({ code: "internal" });
    expect(rejected).toEqual([]);
    expect(stage.log).toMatchObject([
      {
        event: "promise-broken",
        message: expect.stringContaining(`failed on the ${what}: it made a promise`),
      },
    ]);
    expect(await sent(caller.open("clientStream", "desk/join"), ["a"])).toBe("a");
  });
});

/** A desk that always fails with a named error. */
function failing(name: string, value: unknown): Partial<DeskHandlers> {
  return {
    place() {
      const detail = { name, value };
      throw new ConcordatError("failed_precondition", "Not today.", { detail });
    },
  };
}

describe("named errors", () => {
  test("become those of the older release, with its payload", async () => {
    const stage = stageWith(failing("unavailable", { article: "A" }));
    const error = await (await clientOf("1.0.0", stage)).unary("desk/place", { sku: "A" }).error;

    expect(error.detail).toEqual({ name: "sold_out", value: { sku: "A" } });
    expect(error.rawMessage).toBe("Not today.");
  });

  test("without a counterpart become generic, with their name in the metadata", async () => {
    const call = (await clientOf("1.0.0", stageWith(failing("banned", {})))).unary("desk/place", {
      sku: "A",
    });

    expect((await call.error).detail).toBeUndefined();
    expect(call.trailingMetadata).toEqual([["concordat-error", "banned"]]);
  });

  test("whose payload an adapter refuses to convert become what it says instead", async () => {
    const refusing = adapted({
      place: {
        errors: { unavailable: { name: "sold_out", payload: refuser } },
        request: placedFor,
      },
    });
    const stage = stageWith(failing("unavailable", { article: "A" }), refusing);
    const error = await (await clientOf("1.0.0", stage)).unary("desk/place", { sku: "A" }).error;

    expect(error).toMatchObject({ code: "permission_denied", rawMessage: "Not you." });
    expect(stage.log).toEqual([]);
  });

  test("whose payload comes out wrong lose it, and the log says so", async () => {
    const wrong = adapted({
      place: { errors: { unavailable: { name: "sold_out" } }, request: () => placed },
    });
    const placed = { article: "", quantity: 1 };
    const stage = stageWith(failing("unavailable", { article: "A" }), wrong);
    const call = (await clientOf("1.0.0", stage)).unary("desk/place", { sku: "A" });

    expect((await call.error).detail).toBeUndefined();
    expect(stage.log).toMatchObject([
      { event: "promise-broken", message: "the converted error sold_out is missing", path: "/sku" },
    ]);
  });
});

describe("metadata", () => {
  const told: Partial<DeskHandlers> = {
    place(_request, context) {
      context.sendLeading([
        ["secret", "1"],
        ["open", "2"],
      ]);
      context.setTrailing([
        ["secret", "3"],
        ["seen", context.metadata.join()],
      ]);
      return { id: "", total: { amount: 0, currency: "" } };
    },
  };

  test("is converted both ways", async () => {
    const caller = await clientOf("1.0.0", stageWith(told));
    const call = caller.unary("desk/place", { sku: "" }, { metadata: [["key", "v"]] });
    await call.done;

    expect(call.leadingMetadata).toEqual([["open", "2"]]);
    expect(call.trailingMetadata).toEqual([["seen", "x-key,v"]]);
  });

  test("passes as it is where nobody says otherwise", async () => {
    const caller = await clientOf("2.0.0", stageWith(told));
    const call = caller.unary("desk/place", { article: "", quantity: 1 });
    await call.done;

    expect(call.leadingMetadata).toEqual([
      ["secret", "1"],
      ["open", "2"],
    ]);
  });

  test("that an adapter fails on fails the call that looks at it", async () => {
    const stage = stageWith(
      told,
      adapted({
        place: { request: () => ({ article: "", quantity: 1 }), metadata: { request: thrower } },
      }),
    );
    const error = await (await clientOf("1.0.0", stage)).unary("desk/place", { sku: "" }).error;

    expect(error.code).toBe("internal");
    expect(stage.log[0]).toMatchObject({
      event: "promise-broken",
      message: expect.stringContaining("the adapter from 1.0.0 to 2.0.0 failed on the metadata"),
    });
  });

  test("that an adapter makes and nobody could read fails the call, and the log names the adapter", async () => {
    const metadata = { response: (): Metadata => [["By", "Emma"]] };
    const stage = stageWith(told, adapted({ place: { request: placedFor, metadata } }));
    const error = await (await clientOf("1.0.0", stage)).unary("desk/place", { sku: "" }).error;

    expect(error.code).toBe("internal");
    expect(stage.log).toMatchObject([
      {
        event: "promise-broken",
        message: expect.stringContaining(
          '2.0.0 to 1.0.0 failed on the metadata: The metadata key "By"',
        ),
      },
    ]);
  });

  test.each<[string, MetadataConversion]>([
    ["came with a call", { request: () => refuser() }],
    ["a handler sends", { response: () => refuser() }],
  ])(
    "that %s may be refused by an adapter, whose error reaches the caller",
    async (_, metadata) => {
      const stage = stageWith(told, adapted({ place: { request: placedFor, metadata } }));
      const error = await (await clientOf("1.0.0", stage)).unary("desk/place", { sku: "" }).error;

      expect(error).toMatchObject({ code: "permission_denied", rawMessage: "Not you." });
      expect(stage.log).toEqual([]);
    },
  );
});

const placedFor = (): object => ({ article: "", quantity: 1 });

const refuser = (): never => {
  throw new ConcordatError("permission_denied", "Not you.");
};

const late = async (): Promise<never> => thrower();

const thrower = (): never => {
  throw new Error("hunter2");
};

describe("a converter of a stream that breaks its promise fails that call only, and the log names it", () => {
  const pair = "the adapter from 2.0.0 to 1.0.0";
  test.each<[string, Adapter["procedures"][string], string]>([
    [
      "throws",
      { response: { stream: () => ({ item: thrower }) } },
      `${pair} failed on the response: hunter2`,
    ],
    [
      "makes a promise that is rejected",
      // It is none: a program in JavaScript may do so.
      { response: { stream: () => ({ item: late as unknown as () => readonly unknown[] }) } },
      `${pair} failed on the response: it made a promise, and has to answer at once`,
    ],
    [
      "throws when it is made",
      { response: { stream: thrower } },
      `${pair} failed on the response: hunter2`,
    ],
    [
      "throws half way",
      {
        response: {
          stream: () => ({
            *item() {
              yield { text: "" };
              thrower();
            },
          }),
        },
      },
      `${pair} failed on the response: hunter2`,
    ],
    [
      "throws at the end",
      { response: { stream: () => ({ item: () => [], end: thrower }) } },
      `${pair} failed on the response: hunter2`,
    ],
    [
      "never ends",
      {
        response: {
          stream: () => ({
            *item() {
              for (;;) yield { text: "" };
            },
          }),
        },
      },
      `${pair} made more than 1000 items of one`,
    ],
    [
      "yields garbage",
      { response: { stream: () => ({ item: () => [7] }) } },
      "made by the adapter from 2.0.0 to 1.0.0: the response is not an object",
    ],
    [
      "is none",
      // It is none: a program in JavaScript may say so.
      { response: { stream: () => ({ item: () => JSON.parse("7") as Iterable<unknown> }) } },
      `${pair} failed on the response:`,
    ],
  ])("because it %s", async (_name, news, message) => {
    const stage = stageWith({}, adapted({ news }));
    const caller = await clientOf("1.0.0", stage);
    const error = await caller.stream("desk/news", {}).error;

    expect(error).toMatchObject({ code: "internal" });
    expect(stage.log).toMatchObject([
      { event: "promise-broken", procedure: "desk/news", release: "1.0.0" },
    ]);
    expect(stage.log[0]?.message).toContain(message);
    expect(await caller.unary("desk/place", { sku: "A" }).done).toEqual({ id: "1 A", total: 7 });
  });

  test("also on the way up, where the rest of the stream is not waited for", async () => {
    const stage = stageWith(
      {},
      adapted({ upload: { request: { stream: () => ({ item: thrower }) } } }),
    );
    const call = (await clientOf("1.0.0", stage)).open("clientStream", "desk/upload");
    call.send({ text: "" });

    expect((await call.error).code).toBe("internal");
    expect(stage.log).toMatchObject([
      { message: "the adapter from 1.0.0 to 2.0.0 failed on the request: hunter2" },
    ]);
  });
});

describe("an adapter that answers by itself is named in the log, with the releases that it stands between", () => {
  test.each<[string, Adapter["procedures"][string], string]>([
    [
      "gives what its release does not",
      { answer: async () => 7 },
      "the adapter from 1.0.0 to 2.0.0's response",
    ],
    [
      "calls with what the next release does not take",
      { answer: async (_requests, _context, call) => call("concat", [7]) },
      "the adapter's call of desk/concat 2.0.0",
    ],
  ])("where it %s", async (_what, join, message) => {
    const stage = stageWith({}, adapted({ join }));
    const caller = await clientOf("1.0.0", stage);
    const error = await sent(caller.open("clientStream", "desk/join"), ["a"]).catch(
      (thrown: unknown) => thrown,
    );

    expect(error).toMatchObject({ code: "internal" });
    expect(stage.log.map((line) => line.message).join()).toContain(message);
  });
});
