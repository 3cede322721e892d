/** Middleware runs around every call of every kind, and may refuse it. */
import { ConcordatError, contextKey } from "@concordat/core";
import { settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";

import {
  type CallReport,
  limitConcurrency,
  limitRate,
  type Middleware,
  only,
  reportCalls,
} from "../../src/index.ts";
import { later } from "../fixture/caller.ts";
import { rejecting } from "../fixture/hostile.ts";
import { shopStage } from "../fixture/stage.ts";

/** Writes down when it is entered and left. */
function noting(name: string, notes: string[]): Middleware {
  return async ({ procedure }, next) => {
    notes.push(`${name} before ${procedure}`);
    await next();
    notes.push(`${name} after ${procedure}`);
  };
}

function around(procedure: string): readonly string[] {
  return [
    `outer before ${procedure}`,
    `inner before ${procedure}`,
    `inner after ${procedure}`,
    `outer after ${procedure}`,
  ];
}

describe("middleware", () => {
  test("runs the first outermost, around unary calls and streams alike", async () => {
    const notes: string[] = [];
    const stage = shopStage({}, { middleware: [noting("outer", notes), noting("inner", notes)] });
    const caller = stage.caller();
    await caller.unary("shop/greet", { name: "" }).done;
    await caller.stream("shop/count", { to: 2 }).done;

    expect(notes).toEqual([...around("shop/greet"), ...around("shop/count")]);
  });

  test("may refuse a call, whose handler never runs", async () => {
    const seen: unknown[] = [];
    const stage = shopStage(
      { greet: (request) => ({ text: String(seen.push(request)) }) },
      {
        middleware: [
          () => {
            throw new ConcordatError("permission_denied", "Not today.");
          },
        ],
      },
    );
    const error = await stage.caller().unary("shop/greet", { name: "" }).error;

    expect(error).toMatchObject({ code: "permission_denied", rawMessage: "Not today." });
    expect(seen).toEqual([]);
  });

  test("that does not wait for the rest fails its call, and the process goes on when the rest fails later", async () => {
    const stage = shopStage(
      {
        async greet() {
          await settle();
          throw new Error("password=hunter2"); // nobody hears it: it would fail this test, as it ends a process
        },
      },
      { middleware: [async (_context, next) => void next()] },
    );
    const error = await stage.caller().unary("shop/greet", { name: "" }).error;
    await settle();

    expect(error).toMatchObject({ code: "internal" });
    expect(stage.logged("promise-broken")).toHaveLength(1);
  });

  test("hands on what it finds out", async () => {
    const tenant = contextKey<string>("tenant", "nobody");
    const stage = shopStage(
      { greet: (_request, context) => ({ text: context.get(tenant) }) },
      {
        middleware: [
          only(["shop/greet"], async (context, next) => {
            context.set(tenant, "acme");
            await next();
          }),
        ],
      },
    );

    expect(await stage.caller().unary("shop/greet", { name: "" }).done).toEqual({ text: "acme" });
  });

  test.each<[string, Middleware]>([
    ["never calls next", async () => undefined],
    ["swallows the error of the handler", (_context, next) => next().catch(() => undefined)],
  ])("that %s does not leave the caller waiting", async (_name, middleware) => {
    const stage = shopStage(
      {
        greet() {
          throw new Error("hunter2");
        },
      },
      { middleware: [middleware] },
    );

    expect((await stage.caller().unary("shop/greet", { name: "" }).error).code).toBe("internal");
    expect(stage.logged("promise-broken")).toMatchObject([{ procedure: "shop/greet" }]);
  });
});

test("limitConcurrency() refuses the call that is one too many, of the same connection only", async () => {
  const gate = later<{ text: string }>();
  const middleware = [limitConcurrency({ calls: 1 })];
  const stage = shopStage({ greet: () => gate.promise }, { middleware });
  const [first, second] = [stage.caller(), stage.caller()];
  const running = [first, second].map((caller) => caller.unary("shop/greet", { name: "" }));

  expect((await first.unary("shop/greet", { name: "" }).error).code).toBe("resource_exhausted");
  gate.settle({ text: "" });
  await Promise.all(running.map(({ done }) => done));
  expect(await first.unary("shop/greet", { name: "" }).done).toEqual({ text: "" });
});

test("limitRate() refuses what comes too soon, says when to come again, and keeps its word", async () => {
  const stage = shopStage();
  const limited = shopStage(
    {},
    { clock: stage.clock, middleware: [limitRate({ calls: 2, perMs: 1_000, clock: stage.clock })] },
  );
  const caller = limited.caller({ clock: stage.clock });
  const greet = (): Promise<unknown> => caller.unary("shop/greet", { name: "" }).done;
  await greet();
  await greet();
  const error = await caller.unary("shop/greet", { name: "" }).error;

  expect(error).toMatchObject({ code: "resource_exhausted", retryAfterMs: 500 });
  await stage.clock.advance(error.retryAfterMs ?? 0);
  expect(await greet()).toEqual({ text: "Hello, ." });
});

describe("whose calls are counted together", () => {
  test.each([
    ["limitConcurrency", limitConcurrency({ calls: 1, per: async () => "ada" })],
    ["limitRate", limitRate({ calls: 1, per: async () => "ada" })],
    ["limitRate, rejected,", limitRate({ calls: 1, per: rejecting })],
  ])("%s is told at once: by a promise nobody would ever be limited", async (_name, middleware) => {
    const stage = shopStage({}, { middleware: [middleware] });

    expect((await stage.caller().unary("shop/greet", { name: "" }).error).code).toBe("internal");
    expect(stage.logged("handler-failed")).toMatchObject([
      { cause: { message: '"per" made a promise, and has to answer at once' } },
    ]);
  });
});

/** A shop whose calls are reported. */
function reported(): {
  readonly reports: CallReport[];
  readonly stage: ReturnType<typeof shopStage>;
} {
  const reports: CallReport[] = [];
  const report = reportCalls((each) => void reports.push(each));
  const stage = shopStage(
    {
      greet({ name }, { signal }) {
        if (name === "known") throw new ConcordatError("not_found", "");
        if (name === "accident") throw new Error("");
        if (name !== "wait") return { text: name };
        return new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason as Error)); // the library's own error
        });
      },
    },
    { middleware: [report] },
  );
  return { reports, stage };
}

describe("reportCalls()", () => {
  test("drops what an async hook rejects with, and does not wait for it", async () => {
    const stage = shopStage({}, { middleware: [reportCalls(rejecting)] });

    await stage.caller().unary("shop/greet", { name: "" }).done;
    await settle();
    expect(stage.logged("handler-failed")).toEqual([]);
  });

  test.each([
    ["fine", "ok"],
    ["known", "not_found"],
    ["accident", "internal"],
  ])("of a call whose handler is %s says %s", async (name, outcome) => {
    const { reports, stage } = reported();
    await stage
      .caller()
      .unary("shop/greet", { name })
      .done.catch(() => undefined);
    await stage.clock.advance(0);

    expect(reports.map((each) => each.outcome)).toEqual([outcome]);
  });

  test("says cancelled of a call, and of a stream, whose caller gave up", async () => {
    const { reports, stage } = reported();
    const caller = stage.caller({ limits: { streamWindowBytes: 5 } });
    const calls = [
      caller.unary("shop/greet", { name: "wait" }),
      caller.stream("shop/count", { to: 99 }),
    ];
    for (const call of calls) call.stalled = true;
    await stage.clock.advance(0);
    for (const { call } of calls) call.cancel();
    await stage.clock.advance(0);

    expect(reports.map((each) => each.outcome)).toEqual(["cancelled", "cancelled"]);
    expect(stage.log).toEqual([]);
  });

  test("says deadline_exceeded of a handler that answers although nobody waits any more", async () => {
    const late = later<{ text: string }>();
    const reports: CallReport[] = [];
    const report = reportCalls((each) => void reports.push(each));
    const stage = shopStage({ greet: () => late.promise }, { middleware: [report] });
    stage.caller().unary("shop/greet", { name: "" }, { timeoutMs: 10 });
    await stage.clock.advance(10);
    late.settle({ text: "late" });
    await stage.clock.advance(0);

    expect(reports).toMatchObject([{ outcome: "deadline_exceeded" }]);
  });
});
