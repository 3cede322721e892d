/** Adapters that break a law: what their author did wrong is found, and what they may do is not. */
import { ConcordatError, serverStream, unary } from "@concordat/core";
import * as Type from "typebox";
import { describe, expect, onTestFinished, test, vi } from "vitest";

import {
  article,
  findings,
  history,
  Id,
  made,
  releaseOf,
  type Request,
  right,
} from "./tampered-shop.ts";

type Call = (procedure: string, request: object) => AsyncIterable<unknown>;

/** The same, with another count in every line. */
function more({ sku, lines, ...rest }: Request): object {
  return { ...rest, article: sku, lines: lines.map((line) => article({ ...line, count: 7 })) };
}

function throwing(thrown: Error): object {
  return made(() => {
    throw thrown;
  });
}

test("where everything is right, nothing is found", async () => {
  expect(await findings()).toEqual([]);
});

describe("a function", () => {
  test("may not lose elements of a list, also where the releases say different things of them", async () => {
    expect(await findings(made((older) => ({ ...right(older), lines: [] })))).toMatchObject([
      {
        law: "kept",
        path: "/lines",
        message: expect.stringMatching(/^\/lines .* lost elements: 0 of/),
      },
    ]);
  });

  test("may not change what both releases declare alike, inside the elements of a list", async () => {
    expect(await findings(made(more))).toMatchObject([
      { law: "kept", path: "/lines/0/count", step: "1.0.0 to 2.0.0" },
    ]);
    expect(await findings(made(more, { lost: ["/lines/*/count"] }))).toEqual([]);
  });

  test("may refuse, and may not fail: that is told with the adapter and its words", async () => {
    expect(await findings(throwing(new ConcordatError("failed_precondition", "no")))).toEqual([]);
    expect(await findings(throwing(new TypeError("no")))).toMatchObject([
      {
        law: "served",
        step: "1.0.0 to 2.0.0",
        message: expect.stringMatching(/^The server failed: .* failed on the request: no\.$/),
      },
    ]);
  });

  test("may not say that it was the server", async () => {
    expect(await findings(throwing(new ConcordatError("internal", "no")))).toMatchObject([
      { law: "served" },
    ]);
  });
});

describe("steps", () => {
  test("may not lose silently what the newer release does not declare any more", async () => {
    const line = Type.Object({ article: Type.String(), count: Type.Integer() });
    const request = Type.Object({ article: Type.String(), lines: Type.Array(line) });
    const errors = { gone: Type.Object({ sku: Type.String() }) };
    const place = unary({ request, response: Id, errors });
    const releases = [...history.slice(0, 1), releaseOf("2.0.0", { place })];
    const steps = ["", "/lines/*"].map((at) => ({
      step: "rename",
      at,
      from: "sku",
      to: "article",
    }));

    expect(await findings({ request: steps }, undefined, releases)).toMatchObject([
      {
        law: "back",
        path: "/note",
        step: "1.0.0 to 2.0.0",
        message: expect.stringContaining(
          'is lost on its way up and back, and "lost" does not say so',
        ),
      },
    ]);
    expect(await findings({ request: steps, lost: ["/note"] }, undefined, releases)).toEqual([]);
  });
});

describe("an adapter", () => {
  test("may answer a procedure in terms of the newer one of that name, which became a stream", async () => {
    const request = Type.Object({});
    const releases = [
      releaseOf("1.0.0", { place: unary({ request, response: Type.Array(Id) }) }),
      releaseOf("2.0.0", { place: serverStream({ request, response: Id }) }),
    ];
    const answering = {
      calls: ["place"],
      async answer(_request: object, _context: unknown, call: Call) {
        const all: unknown[] = [];
        for await (const each of call("place", {})) all.push(each);
        return all;
      },
    };

    expect(await findings(answering, undefined, releases)).toEqual([]);
  });

  test("may not keep an error from an older release that has it in the same form", async () => {
    const generic = made(right, { errors: { gone: "generic" } });

    expect(await findings(generic)).toMatchObject([
      {
        law: "error",
        step: "1.0.0 to 2.0.0",
        message: "The error gone is told as a generic one, and 1.0.0 has it under its own name.",
      },
    ]);
  });

  test("whose call does not end is waited for once, not once for each value", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const waiting = vi.fn<() => Promise<never>>(() => new Promise(() => undefined));
    const over = findings({ answer: waiting });
    const late = setInterval(() => vi.advanceTimersByTime(1_000));
    const found = await over.finally(() => clearInterval(late));

    expect(found).toMatchObject([{ law: "served", message: "The call did not end." }]);
    expect(waiting).toHaveBeenCalledTimes(1);
  });
});
