/** What a handler is given: deadlines and cancellation that reach it, metadata in both directions. */
import { ConcordatError, type Metadata } from "@concordat/core";
import { FakeClock } from "@concordat/testing";
import { describe, expect, test } from "vitest";

import type { Context } from "../../src/index.ts";
import { later } from "../fixture/caller.ts";
import { shopStage } from "../fixture/stage.ts";

const forever = (): Promise<never> => new Promise(() => undefined);

describe("a deadline that passes", () => {
  test("ends the call, aborts the signal, and drops the late answer", async () => {
    const contexts: Context[] = [];
    const late = later<{ text: string }>();
    const stage = shopStage({
      greet(_request, context) {
        contexts.push(context);
        return late.promise;
      },
    });
    // The caller's own clock stands still: only the server's answer ends this call.
    const caller = stage.caller({ clock: new FakeClock() });
    const call = caller.unary("shop/greet", { name: "" }, { timeoutMs: 100 });
    await stage.clock.advance(99);
    expect(contexts[0]?.signal.aborted).toBe(false);
    await stage.clock.advance(1);

    expect((await call.error).code).toBe("deadline_exceeded");
    expect(contexts[0]?.signal).toMatchObject({
      aborted: true,
      reason: { code: "deadline_exceeded" },
    });
    late.settle({ text: "late" });
    await stage.clock.advance(0);
    expect(stage.server.load.calls).toBe(0);
    expect(stage.log).toEqual([]);
  });

  test("is seen by a handler that looks at its signal for the first time afterwards", async () => {
    const seen = later<AbortSignal>();
    const stage = shopStage({
      async greet(_request, context) {
        await new Promise<void>((resolve) => stage.clock.wakeAt(stage.clock.now() + 500, resolve));
        seen.settle(context.signal);
        return { text: "" };
      },
    });
    stage.caller().unary("shop/greet", { name: "" }, { timeoutMs: 100 });
    await stage.clock.advance(500);

    expect((await seen.promise).aborted).toBe(true);
  });

  test("is another one for each call", async () => {
    const stage = shopStage({ greet: forever });
    const caller = stage.caller({ clock: new FakeClock() });
    const [short, long] = [100, 200].map((timeoutMs) =>
      caller.unary("shop/greet", { name: "" }, { timeoutMs }),
    );
    await stage.clock.advance(100);

    expect((await short?.error)?.code).toBe("deadline_exceeded");
    expect(stage.server.load.calls).toBe(1);
    await stage.clock.advance(100);
    expect((await long?.error)?.code).toBe("deadline_exceeded");
    expect(stage.server.load.calls).toBe(0);
  });
});

describe("a caller that gives up", () => {
  test("aborts the signal of a unary call", async () => {
    const aborted = later<unknown>();
    const stage = shopStage({
      greet(_request, { signal }) {
        signal.addEventListener("abort", () => aborted.settle(signal.reason));
        return forever();
      },
    });
    const call = stage.caller().unary("shop/greet", { name: "" });
    await stage.clock.advance(0);
    call.call.cancel();

    expect(await aborted.promise).toMatchObject({ code: "cancelled" });
    expect(stage.server.load.calls).toBe(0);
  });

  test("ends a stream between two items: the handler's finally runs exactly once", async () => {
    const ends: string[] = [];
    const stage = shopStage(
      {
        async *count() {
          try {
            for (let number = 0; ; number += 1) yield number;
          } finally {
            ends.push("finally");
          }
        },
      },
      { limits: { streamWindowBytes: 100 } },
    );
    const caller = stage.caller({ limits: { streamWindowBytes: 100 } });
    const call = caller.stream("shop/count", { to: 0 });
    call.stalled = true;
    await stage.clock.advance(0);
    expect(ends).toEqual([]);
    call.call.cancel();
    call.call.cancel();
    await stage.clock.advance(0);

    expect(ends).toEqual(["finally"]);
    expect(stage.server.load.calls).toBe(0);
    expect(stage.log).toEqual([]);
  });

  test("ends a bidi stream: the handler's loop over the caller's items throws", async () => {
    const caught: unknown[] = [];
    const stage = shopStage({
      async *echo(words) {
        try {
          for await (const word of words) yield word;
        } catch (error) {
          caught.push(error);
          throw error;
        }
      },
    });
    const caller = stage.caller();
    await caller.welcome;
    const call = caller.open("bidiStream", "shop/echo");
    call.send("a");
    await stage.clock.advance(0);
    call.call.cancel();
    await stage.clock.advance(0);

    expect(caught).toMatchObject([{ code: "cancelled" }]);
    expect(stage.log).toEqual([]);
  });

  test.each<[string, (reason: unknown) => unknown]>([
    ["the signal's reason", (reason) => reason],
    [
      "an AbortError because of it",
      (cause) => Object.assign(new Error("aborted", { cause }), { name: "AbortError" }),
    ],
    ["an Error because of it", (cause) => new Error("fetch failed", { cause })],
  ])("is no failure of a handler that throws %s", async (_name, thrownFor) => {
    const stage = shopStage({
      greet: (_request, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(thrownFor(signal.reason) as Error)); // or what an abort gives
        }),
    });
    const call = stage.caller().unary("shop/greet", { name: "" });
    await stage.clock.advance(0);
    call.call.cancel();
    await stage.clock.advance(0);

    expect(stage.log).toEqual([]);
  });

  test("does not hide that its handler fails on the way out", async () => {
    const stage = shopStage({
      greet: (_request, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("clean-up failed")));
        }),
    });
    const call = stage.caller().unary("shop/greet", { name: "" });
    await stage.clock.advance(0);
    call.call.cancel();
    await stage.clock.advance(0);

    expect(stage.logged("handler-failed")).toMatchObject([
      { cause: { message: "clean-up failed" } },
    ]);
  });

  test("by losing its connection aborts every signal and ends every stream", async () => {
    const reasons: unknown[] = [];
    let finallys = 0;
    const stage = shopStage({
      greet(_request, { signal }) {
        signal.addEventListener("abort", () => reasons.push(signal.reason));
        return forever();
      },
      async *count() {
        try {
          for (let number = 0; ; number += 1) yield number;
        } finally {
          finallys += 1;
        }
      },
    });
    const transport = stage.pipe();
    const caller = stage.caller({ transport });
    caller.unary("shop/greet", { name: "" });
    caller.stream("shop/count", { to: 0 }).stalled = true;
    await stage.clock.advance(0);
    transport.cut();
    await stage.clock.advance(0);

    expect(reasons).toMatchObject([{ code: "cancelled", origin: "network" }]);
    expect(finallys).toBe(1);
    expect(stage.server.load).toEqual({ connections: 0, calls: 0 });
    expect(stage.clock.waiting).toBe(0);
  });
});

describe("metadata", () => {
  const bytes = Uint8Array.of(0, 255);

  test("of the request reaches the handler in order, keys repeated, bytes as bytes", async () => {
    const seen: Metadata[] = [];
    const stage = shopStage({
      greet(_request, { metadata }) {
        seen.push(metadata);
        return { text: "" };
      },
    });
    const metadata = [
      ["a", "1"],
      ["b-bin", bytes],
      ["a", "2"],
    ] as const;
    await stage.caller().unary("shop/greet", { name: "" }, { metadata }).done;

    expect(seen).toEqual([metadata]);
  });

  test("that leads arrives before the first item, the trailing with the end", async () => {
    const gate = later<void>();
    const stage = shopStage({
      async *count(_request, context) {
        context.sendLeading({ page: "1" });
        await gate.promise;
        yield 1;
        context.setTrailing({ replaced: "yes" });
        context.setTrailing([["rows", "1"]]);
      },
    });
    const call = stage.caller().stream("shop/count", { to: 1 });
    await stage.clock.advance(0);
    expect(call.leadingMetadata).toEqual([["page", "1"]]);
    expect(call.items).toEqual([]);
    gate.settle();
    await call.done;

    expect(call.trailingMetadata).toEqual([["rows", "1"]]);
  });

  test("that trails also arrives with an error", async () => {
    const stage = shopStage({
      greet(_request, context) {
        context.setTrailing({ cost: "3" });
        throw new ConcordatError("not_found", "No such guest.");
      },
    });
    const call = stage.caller().unary("shop/greet", { name: "" });

    expect((await call.error).code).toBe("not_found");
    expect(call.trailingMetadata).toEqual([["cost", "3"]]);
  });

  test.each<[string, (context: Context) => void, string]>([
    [
      "twice",
      (context) => (context.sendLeading({ a: "1" }), context.sendLeading({ a: "2" })),
      "failed_precondition",
    ],
    ["with a key in capitals", (context) => context.sendLeading({ Page: "1" }), "invalid_argument"],
    [
      "over the server's limit",
      (context) => context.sendLeading({ a: "x".repeat(9_000) }),
      "resource_exhausted",
    ],
  ])("that leads %s is refused where the handler sends it", async (_name, send, code) => {
    const stage = shopStage({
      greet(_request, context) {
        send(context);
        return { text: "" };
      },
    });

    expect((await stage.caller().unary("shop/greet", { name: "" }).error).code).toBe(code);
  });

  test("that leads comes too late after the first item", async () => {
    const stage = shopStage({
      async *count(_request, context) {
        yield 1;
        context.sendLeading({ page: "1" });
      },
    });
    const call = stage.caller().stream("shop/count", { to: 1 });

    expect((await call.error).code).toBe("failed_precondition");
    expect(call.items).toEqual([1]);
  });

  test("that was refused may be sent again in another form", async () => {
    const stage = shopStage({
      greet(_request, context) {
        try {
          context.sendLeading({ a: "x".repeat(9_000) });
        } catch {
          context.sendLeading({ a: "short" });
        }
        return { text: "" };
      },
    });
    const call = stage.caller().unary("shop/greet", { name: "" });
    await call.done;

    expect(call.leadingMetadata).toEqual([["a", "short"]]);
  });

  test("over what the client accepts is refused where the handler sets it, and the connection lives", async () => {
    const stage = shopStage({
      greet({ name }, context) {
        if (name === "long") context.setTrailing({ a: "x".repeat(200) });
        return { text: "" };
      },
    });
    const caller = stage.caller({ limits: { metadataBytes: 100 } });

    expect((await caller.unary("shop/greet", { name: "long" }).error).code).toBe(
      "resource_exhausted",
    );
    expect(await caller.unary("shop/greet", { name: "" }).done).toEqual({ text: "" });
  });

  test("over what the server accepts closes the connection of a client that was told so", async () => {
    const stage = shopStage({}, { limits: { metadataBytes: 100 } });
    const caller = stage.caller();
    const metadata = [["a", "x".repeat(200)]] as const;
    // As early data: the client has not heard of the limit yet.
    const call = caller.unary("shop/greet", { name: "" }, { metadata });

    expect(await caller.ended).toMatchObject({ code: 4522, reason: "protocol-violation" });
    expect((await call.error).code).toBe("unavailable");
  });
});
