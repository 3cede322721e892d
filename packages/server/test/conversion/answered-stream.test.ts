/** Streams of an adapter's own calls, converted on the way to the newest release and back. */
import { bidiStream, ConcordatError, unary } from "@concordat/core";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { type Adapter, implement } from "../../src/index.ts";
import type { StreamConversion } from "../../src/adapter/message-conversion.ts";
import { historyOf, offersOf } from "../fixture/library-history.ts";
import { Stage } from "../fixture/stage.ts";

/** A converter that passes every word, and says one more at the end. */
function ending(end: string): StreamConversion<unknown, unknown> {
  return { stream: () => ({ item: (word) => [word], end: () => [end] }) };
}

/** A handler that never does. */
async function refuse(): Promise<never> {
  throw new ConcordatError("not_found", "Nobody is there.");
}

/** A handler that says what it hears. */
function say(asked: unknown): unknown {
  return asked;
}

test("what the converters of a stream still say at its end passes an adapter that calls it", async () => {
  const words = bidiStream({ request: Type.String(), response: Type.String() });
  const history = historyOf("talks", [
    ["1.0.0", { chat: words }],
    ["2.0.0", { talk: words }],
    ["3.0.0", { say: words }],
  ]);
  const adapters: readonly Adapter[] = [
    {
      from: "1.0.0",
      to: "2.0.0",
      procedures: { chat: { answer: (asked, _context, call) => call("talk", asked) } },
    },
    {
      from: "2.0.0",
      to: "3.0.0",
      procedures: {
        talk: { renamedTo: "say", request: ending("over"), response: ending("and out") },
      },
    },
  ];
  const stage = new Stage({
    services: [implement({ name: "talks", history }, { adapters, handlers: { say } })],
  });
  const offers = offersOf(history, "1.0.0");
  const caller = stage.caller({ contracts: [{ name: "talks", offers, optional: false }] });
  await caller.welcome;
  const call = caller.open("bidiStream", "talks/chat");
  call.send("hello");
  call.call.sendEnd();
  await call.done;

  expect(call.items).toEqual(["hello", "over", "and out"]);
});

test("an answer that makes two calls at once and leaves with the first failure ends no process", async () => {
  const rejected: unknown[] = [];
  const hear = (reason: unknown): void => void rejected.push(reason);
  process.on("unhandledRejection", hear);
  const word = unary({ request: Type.String(), response: Type.String() });
  const history = historyOf("talks", [
    ["1.0.0", { chat: word }],
    ["2.0.0", { say: word }],
  ]);
  const adapters: readonly Adapter[] = [
    {
      from: "1.0.0",
      to: "2.0.0",
      procedures: {
        chat: {
          async answer(_asked, _context, call) {
            const [first, second] = [call("say", "a"), call("say", "b")];
            return [await first, await second];
          },
        },
      },
    },
  ];
  const stage = new Stage({
    services: [implement({ name: "talks", history }, { adapters, handlers: { say: refuse } })],
  });
  const offers = offersOf(history, "1.0.0");
  const caller = stage.caller({ contracts: [{ name: "talks", offers, optional: false }] });
  await caller.welcome;
  const { code } = await caller.unary("talks/chat", "hello").error;
  await new Promise((turn) => setImmediate(turn));
  process.off("unhandledRejection", hear);

  expect(code).toBe("not_found");
  expect(rejected).toEqual([]);
});
