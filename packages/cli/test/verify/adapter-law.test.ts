/** Adapters that break a law: what their author did wrong is found, and what they may do is not. */
import { ConcordatError } from "@concordat/core";
import { describe, expect, onTestFinished, test, vi } from "vitest";

import { article, findings, made, type Request, right } from "./tampered-shop.ts";

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

describe("an adapter", () => {
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
