/** Calls of every kind, from the request to the end. */
import { ConcordatError } from "@concordat/core";
import { noMetadata, valueToBytes } from "@concordat/core/internal";
import { describe, expect, test } from "vitest";

import type { Context } from "../../src/index.ts";
import { later } from "../fixture/caller.ts";
import { throwables } from "../fixture/hostile.ts";
import { OpenCall } from "../fixture/open-call.ts";
import { shopStage, type Stage } from "../fixture/stage.ts";

const failing = (): never => {
  throw new Error("disk full");
};

describe("a call is answered", () => {
  test("unary", async () => {
    const caller = shopStage().caller();

    expect(await caller.unary("shop/greet", { name: "Ada" }).done).toEqual({ text: "Hello, Ada." });
    expect(await caller.unary("shop/tools/list", {}).done).toEqual(["hammer"]);
  });

  test("with a server stream, in order, then its end", async () => {
    const call = shopStage().caller().stream("shop/count", { to: 300 });

    expect(await call.done).toBeUndefined();
    expect(call.items).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
  });

  test("with a server stream from a plain list", async () => {
    const call = shopStage({ count: () => [1, 2, 3] })
      .caller()
      .stream("shop/count", { to: 0 });
    await call.done;

    expect(call.items).toEqual([1, 2, 3]);
  });

  test("after a client stream", async () => {
    const caller = shopStage().caller();
    await caller.welcome;
    const call = caller.open("clientStream", "shop/sum");
    for (const number of [1, 2, 3]) call.send(number);
    call.call.sendEnd();

    expect(await call.done).toBe(6);
  });

  test("before a client stream has ended, when the handler wants no more", async () => {
    const stage = shopStage({
      async sum(numbers) {
        for await (const number of numbers) if (number > 1) return number;
        return 0;
      },
    });
    const caller = stage.caller();
    await caller.welcome;
    const call = caller.open("clientStream", "shop/sum");
    for (const number of [1, 2, 3, 4]) call.send(number);

    expect(await call.done).toBe(2);
    expect(stage.server.load.calls).toBe(0);
  });

  test("item by item on a bidi stream", async () => {
    const stage = shopStage();
    const caller = stage.caller();
    await caller.welcome;
    const call = caller.open("bidiStream", "shop/echo");
    call.send("a");
    await stage.clock.advance(0);
    expect(call.items).toEqual(["a"]);
    call.send("b");
    call.call.sendEnd();
    await call.done;

    expect(call.items).toEqual(["a", "b"]);
  });

  test("by a handler that is told who asks for what, in which release, until when", async () => {
    const contexts: Partial<Context>[] = [];
    const stage = shopStage({
      greet(_request, { deadline, metadata, procedure, release }) {
        contexts.push({ deadline, metadata, procedure, release });
        return { text: "" };
      },
    });
    const metadata = [["trace", "1"]] as const;
    await stage.caller().unary("shop/greet", { name: "" }, { timeoutMs: 250, metadata }).done;

    expect(contexts).toEqual([
      { deadline: stage.clock.now() + 250, metadata, procedure: "shop/greet", release: "0.0.0" },
    ]);
  });

  test("by a handler whose deadline is the machine's, also where its clock was set back", async () => {
    const deadlines: unknown[] = [];
    const stage = shopStage({
      greet(_request, { deadline }) {
        deadlines.push(deadline);
        return { text: "" };
      },
    });
    const wall = (): number => stage.clock.now() - 3_600_000;
    Object.assign(stage.clock, { wall });
    await stage.caller().unary("shop/greet", { name: "" }, { timeoutMs: 250 }).done;

    expect(deadlines).toEqual([wall() + 250]);
  });
});

describe("a handler that throws", () => {
  test.each(throwables)(
    "%s: internal, masked, logged, and other calls go on",
    async (_name, thrown) => {
      const stage = shopStage({
        greet({ name }) {
          if (name === "throw") throw thrown;
          return { text: name };
        },
      });
      const caller = stage.caller();
      const other = caller.stream("shop/count", { to: 3 });
      const error = await caller.unary("shop/greet", { name: "throw" }).error;

      expect(error).toMatchObject({ code: "internal", detail: undefined });
      expect(error.message).not.toContain("hunter2");
      expect(stage.logged("handler-failed")).toMatchObject([
        { level: "error", procedure: "shop/greet", release: "0.0.0" },
      ]);
      expect(await caller.unary("shop/greet", { name: "Bo" }).done).toEqual({ text: "Bo" });
      await other.done;
      expect(other.items).toEqual([1, 2, 3]);
    },
  );

  test("after some items: those arrive, then the error", async () => {
    const stage = shopStage({
      async *count() {
        yield 1;
        yield 2;
        throw new Error("hunter2");
      },
    });
    const call = stage.caller().stream("shop/count", { to: 9 });

    expect((await call.error).code).toBe("internal");
    expect(call.items).toEqual([1, 2]);
    expect(stage.logged("handler-failed")[0]?.cause).toEqual(new Error("hunter2"));
  });

  test("a ConcordatError: the caller sees its code, message and wait, and not its cause", async () => {
    const cause = new Error("hunter2");
    const stage = shopStage({
      greet() {
        throw new ConcordatError("unavailable", "Try later.", { retryAfterMs: 30, cause });
      },
    });
    const error = await stage.caller().unary("shop/greet", { name: "" }).error;

    expect(error).toMatchObject({
      code: "unavailable",
      rawMessage: "Try later.",
      retryAfterMs: 30,
    });
    expect(error.cause).toBeUndefined();
    expect(stage.log).toEqual([]);
  });

  test("the error of another server that it called: masked, because it was not meant for this caller", async () => {
    const stage = shopStage({
      greet() {
        throw new ConcordatError("unauthenticated", "hunter2", { origin: "remote" });
      },
    });
    const error = await stage.caller().unary("shop/greet", { name: "" }).error;

    expect(error.code).toBe("internal");
    expect(error.message).not.toContain("hunter2");
    expect(stage.logged("handler-failed")).toHaveLength(1);
  });

  test.each([
    ["a code that is none", "NOT_FOUND", "x"],
    ["a code that every object has", "toString", "x"],
    ["a message that is no text", "not_found", { password: "hunter2" }],
  ])("a ConcordatError with %s: internal", async (_name, code, message) => {
    const stage = shopStage({
      greet() {
        throw Reflect.construct(ConcordatError, [code, message]);
      },
    });
    const caller = stage.caller();

    expect((await caller.unary("shop/greet", { name: "" }).error).code).toBe("internal");
    expect(await caller.unary("shop/tools/list", {}).done).toEqual(["hammer"]);
  });

  test("beside a log that throws as well: internal", async () => {
    const caller = shopStage({ greet: failing }, { log: failing }).caller();

    expect((await caller.unary("shop/greet", { name: "" }).error).code).toBe("internal");
    expect(await caller.unary("shop/tools/list", {}).done).toEqual(["hammer"]);
  });
});

/** A shop that greets with a named error. */
function shy(name: string, value: unknown): Stage {
  return shopStage({
    greet() {
      throw new ConcordatError("failed_precondition", "Not today.", { detail: { name, value } });
    },
  });
}

describe("a named error", () => {
  test("arrives with what its schema declares", async () => {
    const error = await shy("shy", { why: "rain", secret: 1 })
      .caller()
      .unary("shop/greet", { name: "" }).error;

    expect(error).toMatchObject({
      code: "failed_precondition",
      rawMessage: "Not today.",
      detail: { name: "shy", value: { why: "rain" } },
    });
  });

  test("that does not match its schema arrives without its payload, and the log has the path", async () => {
    const stage = shy("shy", { why: 7 });
    const call = stage.caller().unary("shop/greet", { name: "" });

    expect(await call.error).toMatchObject({ code: "failed_precondition", detail: undefined });
    expect(call.trailingMetadata).toEqual([["concordat-error", "shy"]]);
    expect(stage.logged("promise-broken")).toMatchObject([
      { path: "/why", procedure: "shop/greet" },
    ]);
  });

  test.each(["bold", "toString", "__proto__"])(
    "called %s, which the contract does not have, arrives as its name only",
    async (name) => {
      const stage = shy(name, { why: "rain" });
      const call = stage.caller().unary("shop/greet", { name: "" });

      expect(await call.error).toMatchObject({
        code: "failed_precondition",
        rawMessage: "Not today.",
        detail: undefined,
      });
      expect(call.trailingMetadata).toEqual([["concordat-error", name]]);
    },
  );
});

describe("what does not match the contract", () => {
  test("a request: invalid_argument with path and reason, and the handler never sees it", async () => {
    const seen: unknown[] = [];
    const stage = shopStage({
      greet(request) {
        seen.push(request);
        return { text: "" };
      },
    });
    const error = await stage.caller().unary("shop/greet", { name: 7 }).error;

    expect(error.code).toBe("invalid_argument");
    expect(error.rawMessage).toBe(
      "The request does not match shop/greet 0.0.0 at /name: is not a string.",
    );
    expect(seen).toEqual([]);
  });

  test("a request whose bytes are no message by position: invalid_argument of that call alone, and nothing in the log", async () => {
    const stage = shopStage();
    const caller = stage.caller({ hello: { encodings: ["positional"] } });
    await caller.welcome;
    const request = {
      callKind: "unary",
      procedure: "shop/greet",
      metadata: noMetadata,
      payload: valueToBytes([]),
      deadline: undefined,
    } as const;
    const ends = [0, 1].map(
      () => new OpenCall(caller.session.request(request, stage.clock.now())).error,
    );

    for (const error of await Promise.all(ends)) {
      expect(error.code).toBe("invalid_argument");
      expect(error.rawMessage).toMatch(/^The request cannot be read: /);
    }
    expect(stage.log).toEqual([]);
  });

  test("what a request does not declare never reaches the handler", async () => {
    const seen: unknown[] = [];
    const stage = shopStage({
      greet(request) {
        seen.push(request);
        return { text: "" };
      },
    });
    await stage.caller().unary("shop/greet", { name: "Ada", admin: true, constructor: 1 }).done;

    expect(seen).toEqual([{ name: "Ada" }]);
  });

  test.each<[string, unknown, string]>([
    ["of another type", { text: 7 }, "/text"],
    ["with something missing", {}, "/text"],
    ["that is nothing", undefined, ""],
    ["that is an instance of a class", new Map([["text", "hunter2"]]), ""],
  ])(
    "a response %s: internal, and path and reason are in the log only",
    async (_name, response, path) => {
      const stage = shopStage({ greet: () => response as { text: string } }); // that it is not is the point
      const error = await stage.caller().unary("shop/greet", { name: "" }).error;

      expect(error.rawMessage).toBe("The server failed on this call; its log says why.");
      expect(stage.logged("promise-broken")).toMatchObject([
        { procedure: "shop/greet", release: "0.0.0", path },
      ]);
    },
  );

  test("a response with a text that no bytes can say: internal, with the reason in the log only", async () => {
    const stage = shopStage({ greet: () => ({ text: "half a pair: \ud83d" }) });
    const error = await stage.caller().unary("shop/greet", { name: "" }).error;

    expect(error.rawMessage).toBe("The server failed on this call; its log says why.");
    const [event] = stage.logged("promise-broken");
    expect(event?.procedure).toBe("shop/greet");
    expect(event?.message).toMatch(/^the response cannot travel: TypeError/);
  });

  test("what a response does not declare never leaves the server", async () => {
    const stage = shopStage({ greet: () => ({ text: "x", secret: "hunter2" }) });

    expect(await stage.caller().unary("shop/greet", { name: "" }).done).toEqual({ text: "x" });
  });

  test("an item of a stream: the ones before it arrive, then internal, and the handler is told to stop", async () => {
    let finished = 0;
    const stage = shopStage({
      async *count() {
        try {
          yield 1;
          yield 1.5;
          yield 2;
        } finally {
          finished += 1;
        }
      },
    });
    const call = stage.caller().stream("shop/count", { to: 3 });

    expect((await call.error).code).toBe("internal");
    expect(call.items).toEqual([1]);
    expect(finished).toBe(1);
    expect(stage.logged("promise-broken")[0]?.message).toContain("is not an integer");
  });

  test("a stream that is none: internal", async () => {
    const stage = shopStage({ count: () => 7 as never }); // no type allows it; JavaScript does

    expect((await stage.caller().stream("shop/count", { to: 3 }).error).code).toBe("internal");
    expect(stage.logged("handler-failed")).toHaveLength(1);
  });

  test("an item of the caller's stream: invalid_argument, also in the handler's loop, and nothing in the log", async () => {
    const thrown: unknown[] = [];
    const stage = shopStage({
      async sum(numbers) {
        try {
          for await (const number of numbers) expect(number).toBe(1);
        } catch (error) {
          thrown.push(error);
          throw error;
        }
        return 0;
      },
    });
    const caller = stage.caller();
    await caller.welcome;
    const call = caller.open("clientStream", "shop/sum");
    call.send(1);
    call.send("two");

    expect((await call.error).code).toBe("invalid_argument");
    await stage.clock.advance(0);
    expect(thrown).toMatchObject([{ code: "invalid_argument" }]);
    expect(stage.log).toEqual([]);
  });
});

test("a call of what the contract does not have is unimplemented, and the connection lives", async () => {
  const caller = shopStage().caller();
  const error = await caller.unary("shop/no\n\u0007such", {}).error;

  expect(error.code).toBe("unimplemented");
  expect(error.rawMessage).toBe(
    `There is no procedure ${JSON.stringify("shop/no\n\u0007such")} in what was negotiated on this connection.`,
  );
  expect(await caller.unary("shop/tools/list", {}).done).toEqual(["hammer"]);
});

test("a name of any length is repeated only as far as a sentence bears it", async () => {
  const { rawMessage } = await shopStage()
    .caller()
    .unary(`shop/${"x".repeat(10_000)}`, {}).error;

  expect(rawMessage).toContain(`"shop/${"x".repeat(95)}"`);
});

test("more calls than may be open: the one too many fails, and the next one after an end does not", async () => {
  const gate = later<void>();
  const greet = async (): Promise<{ text: string }> => {
    await gate.promise;
    return { text: "" };
  };
  const stage = shopStage({ greet }, { limits: { callsInFlight: 2 } });
  // A client that does not hold itself to what the server announced.
  const caller = stage.caller({ limits: { callsInFlight: 9 } });
  const calls = [1, 2, 3].map(() => caller.unary("shop/greet", { name: "" }));

  expect(await calls[2]?.error).toMatchObject({ code: "resource_exhausted", notExecuted: true });
  gate.settle();
  await calls[0]?.done;
  expect(await caller.unary("shop/greet", { name: "" }).done).toEqual({ text: "" });
});

test("a client that puts more into one message is closed with 4522", async () => {
  const caller = shopStage({}, { limits: { framesPerMessage: 100 } }).caller();
  await caller.welcome;
  // The first four have a message of their own.
  for (let call = 0; call < 105; call += 1) caller.unary("shop/tools/list", {});

  expect(await caller.ended).toMatchObject({ code: 4522 });
});

test("more calls in one turn than one message may hold are made in several", async () => {
  const few = { limits: { framesPerMessage: 100 } };
  const caller = shopStage({}, few).caller(few);
  await caller.welcome;
  const calls = Array.from({ length: 250 }, () => caller.unary("shop/tools/list", {}));
  const answers = await Promise.all(calls.map(({ done }) => done));

  expect(answers).toEqual(calls.map(() => ["hammer"]));
});

describe("what is too large", () => {
  test("a response over what the client accepts fails its call, and the connection lives", async () => {
    const stage = shopStage({ greet: ({ name }) => ({ text: "x".repeat(Number(name)) }) });
    const caller = stage.caller({ limits: { messageBytes: 2_000 } });

    expect((await caller.unary("shop/greet", { name: "3000" }).error).code).toBe(
      "resource_exhausted",
    );
    expect(await caller.unary("shop/greet", { name: "1" }).done).toEqual({ text: "x" });
  });

  test("a response over what the server may send fails its call", async () => {
    const caller = shopStage({ greet: () => ({ text: "x".repeat(2 ** 20) }) }).caller();

    expect((await caller.unary("shop/greet", { name: "" }).error).code).toBe("resource_exhausted");
  });

  test("an item of a stream fails its call after the items before it", async () => {
    const stage = shopStage({ pages: () => ["small", "x".repeat(3_000), "never"] });
    const call = stage.caller({ limits: { messageBytes: 2_000 } }).stream("shop/pages", {});

    expect((await call.error).code).toBe("resource_exhausted");
    expect(call.items).toEqual(["small"]);
  });

  test("an error of which something is no value of its kind is told to the log alone", async () => {
    const retryAfterMs = 5n as unknown as number; // as JavaScript may
    const thrown = new ConcordatError("not_found", "No.", { retryAfterMs });
    const stage = shopStage({
      greet() {
        throw thrown;
      },
    });

    expect(await stage.caller().unary("shop/greet", { name: "" }).error).toMatchObject({
      code: "internal",
      rawMessage: "The server failed on this call; its log says why.",
    });
    expect(stage.logged("handler-failed")).toMatchObject([{ cause: expect.any(TypeError) }]);
  });

  test("an error keeps its code", async () => {
    const stage = shopStage({
      greet() {
        throw new ConcordatError("not_found", "x".repeat(3_000));
      },
    });
    const caller = stage.caller({ limits: { messageBytes: 2_000 } });

    expect(await caller.unary("shop/greet", { name: "" }).error).toMatchObject({
      code: "not_found",
      rawMessage: "The error is too large to be sent.",
    });
  });
});
