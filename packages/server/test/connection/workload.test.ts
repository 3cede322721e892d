/** What a client can make a server hold: bounded until the handlers have ended, not only their calls. */
import { settle } from "@concordat/testing";
import { expect, test } from "vitest";

import type { Limits } from "@concordat/core/internal";
import { implement } from "../../src/index.ts";
import { type Caller, later } from "../fixture/caller.ts";
import type { OpenCall } from "../fixture/open-call.ts";
import { Stage } from "../fixture/stage.ts";
import { shop, shopHandlers } from "../fixture/shop.ts";

/** A stage whose greeter answers when it is told to, and looks at no signal. */
async function stubborn(limits: Partial<Limits>): Promise<{
  readonly caller: Caller;
  readonly release: () => void;
  readonly begun: () => number;
}> {
  let begun = 0;
  const gate = later<void>();
  const handlers = shopHandlers({
    async greet({ name }) {
      begun += 1;
      await gate.promise;
      return { text: `Hello, ${name}.` };
    },
    async *pages() {
      begun += 1;
      await gate.promise;
      yield "page";
    },
  });
  const stage = new Stage({ services: [implement(shop, { handlers })], limits });
  const caller = stage.caller();
  await caller.welcome;
  return { caller, release: () => gate.settle(), begun: () => begun };
}

function greet(caller: Caller, letters = 1): OpenCall {
  return caller.unary("shop/greet", { name: "x".repeat(letters) });
}

test("requests that slow handlers hold are bounded in bytes: one more fails alone, and says that it was not executed", async () => {
  const { caller, release, begun } = await stubborn({ heldRequestBytes: 2_500 });
  const held = [greet(caller, 1_000), greet(caller, 1_000)];
  const error = await greet(caller, 1_000).error;

  expect(error).toMatchObject({ code: "resource_exhausted", notExecuted: true });
  expect(error.message).toContain("more than 2500");
  expect(begun()).toBe(2);
  const small = greet(caller, 100);
  release();
  await Promise.all([...held, small].map(({ done }) => done));
  expect(await greet(caller, 2_000).done).toMatchObject({
    text: expect.stringMatching(/^Hello, x/),
  });
});

test("what takes one byte of a message and sixty in memory counts as more than a byte", async () => {
  const { caller, release } = await stubborn({ heldRequestBytes: 2_500 });
  const crowded = { name: "x", more: Array.from({ length: 100 }, () => ({})) };
  const held = caller.unary("shop/greet", crowded);
  const error = await caller.unary("shop/greet", crowded).error;

  expect(error).toMatchObject({ code: "resource_exhausted", notExecuted: true });
  release();
  await held.done;
  expect(await caller.unary("shop/greet", crowded).done).toBeDefined();
});

test("one request may be as large as a message, whatever the bound", async () => {
  const { caller, release } = await stubborn({ heldRequestBytes: 10 });
  const large = greet(caller, 1_000);
  release();

  expect(await large.done).toBeDefined();
});

test.each(["unary", "serverStream"] as const)(
  "a client that calls and gives up, over and over, starts no more %s handlers than may run at once",
  async (kind) => {
    const { caller, release, begun } = await stubborn({ callsInFlight: 20 });
    const procedure = kind === "unary" ? "shop/greet" : "shop/pages";
    for (let round = 0; round < 100; round += 1) {
      const given = caller.open(kind, procedure, kind === "unary" ? { name: "x" } : {});
      await settle();
      given.call.cancel();
      await settle();
    }
    expect(begun()).toBe(20);

    release();
    await settle();
    expect(await greet(caller).done).toEqual({ text: "Hello, x." });
  },
);
