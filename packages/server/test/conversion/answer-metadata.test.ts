/** The metadata of calls that an adapter answers with calls of a newer release. */
import type { Context, Metadata } from "@concordat/core";
import { unary } from "@concordat/core";
import * as Type from "typebox";
import { expect, test } from "vitest";

import { type Adapter, implement } from "../../src/index.ts";
import { historyOf, offersOf } from "../fixture/library-history.ts";
import { Stage } from "../fixture/stage.ts";

const nothing = Type.Object({});
const first = { ask: unary({ request: nothing, response: Type.String() }) };
const second = { tell: unary({ request: nothing, response: Type.String() }) };
const newest = {
  tell: unary({ request: nothing, response: Type.Object({ said: Type.String() }) }),
};
const history = historyOf("long", [
  ["1.0.0", first],
  ["2.0.0", second],
  ["3.0.0", newest],
]);

const marked = (metadata: Metadata): Metadata =>
  metadata.map(([key, value]) => [`x-${key}`, value]);
const unmarked = (metadata: Metadata): Metadata =>
  metadata.map(([key, value]) => [key.replace("x-", ""), value]);

const adapters: readonly Adapter[] = [
  {
    from: "1.0.0",
    to: "2.0.0",
    procedures: { ask: { answer: (_request, _context, call) => call("tell", {}) } },
  },
  {
    from: "2.0.0",
    to: "3.0.0",
    procedures: {
      tell: {
        response: (newer) => (newer as { said: string }).said, // its release says so
        metadata: { request: marked, response: unmarked },
      },
    },
  },
];

test.each([
  ["2.0.0", "long/tell"],
  ["1.0.0", "long/ask"],
])("metadata is converted for a handler, whoever calls it: %s %s", async (release, procedure) => {
  const seen: Metadata[] = [];
  const tell = (_request: unknown, context: Context): object => {
    seen.push(context.metadata);
    context.sendLeading({ "x-first": "1" });
    context.setTrailing({ "x-last": "2" });
    return { said: "yes" };
  };
  const stage = new Stage({
    services: [implement({ name: "long", history }, { adapters, handlers: { tell } })],
  });
  const offers = offersOf(history, release);
  const caller = stage.caller({ contracts: [{ name: "long", offers, optional: false }] });
  await caller.welcome;

  const call = caller.unary(procedure, {}, { metadata: [["key", "v"]] });
  await call.done;

  expect(seen).toEqual([[["x-key", "v"]]]);
  expect(call.leadingMetadata).toEqual([["first", "1"]]);
  expect(call.trailingMetadata).toEqual([["last", "2"]]);
});
