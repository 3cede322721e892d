/** The plans of a service: what they are shared between, and what they are told as. */
import { type ProcedureTree, serverNotification, unary } from "@concordat/core";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { implement } from "../../src/index.ts";
import type { Service } from "../../src/service/service.ts";
import { historyOf } from "../fixture/library-history.ts";

const ask = unary({ request: Type.Object({}), response: Type.Null() });
const text = serverNotification({ message: Type.String() });

function serviceOf(
  trees: readonly (readonly [release: string, tree: ProcedureTree])[],
  procedures: object = {},
): Service {
  const history = historyOf("market", trees);
  const [older, newer] = history.slice(-2).map(({ release }) => release);
  const adapters =
    older === undefined || newer === undefined ? [] : [{ from: older, to: newer, procedures }];
  return implement({ name: "market", history }, { handlers: { ask: () => null }, adapters });
}

test("releases between which a procedure is the same share one plan, made once", () => {
  const more = unary({ request: Type.Object({}), response: Type.Null(), doc: "Asks." });
  const service = serviceOf([
    ["1.0.0", { ask }],
    ["1.1.0", { ask: more }],
    ["1.2.0", { ask, text }],
  ]);
  const plans = [0, 1, 2, 0].map((index) => service.plan(index, "ask"));

  expect(plans[0]).toBeDefined();
  expect(new Set(plans).size).toBe(1);
});

test("two notifications that became one are both told, each under its own name", () => {
  const service = serviceOf(
    [
      ["1.0.0", { ask, raised: text, lowered: text }],
      ["2.0.0", { ask, changed: text }],
    ],
    { raised: { renamedTo: "changed" }, lowered: { renamedTo: "changed" } },
  );

  expect(service.notificationPlans(0, "changed").map(({ name }) => name)).toEqual([
    "market/lowered",
    "market/raised",
  ]);
  expect(service.notificationPlans(1, "changed").map(({ name }) => name)).toEqual([
    "market/changed",
  ]);
});

test("only notifications of the server can be told", () => {
  const service = serviceOf([["1.0.0", { ask, text }]]);

  expect(service.notifications).toEqual(["text"]);
  expect(service.notificationPlans(0, "ask")).toEqual([]);
});
