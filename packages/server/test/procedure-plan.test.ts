/** What a call costs: an old client pays for what changed, and for nothing else. */
import { unary } from "@concordat/core";
import { limitsWith, type Shape, valueToBytes } from "@concordat/core/internal";
import * as fc from "fast-check";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { ProcedurePlan } from "../src/procedure-plan.ts";
import type { ProcedureShapes } from "../src/release-shapes.ts";
import type { Route } from "../src/route.ts";
import { historyOf } from "./fixture/library-history.ts";

const text = Type.Object({ text: Type.String() });
const longer = Type.Object({ text: Type.String(), more: Type.Optional(Type.String()) });
const [first, same, changed] = historyOf("talks", [
  ["1.0.0", { ask: unary({ request: text, response: text }) }],
  ["2.0.0", { ask: unary({ request: text, response: text, doc: "Asks." }) }],
  ["3.0.0", { ask: unary({ request: longer, response: longer }) }],
]);

/** The shapes of `ask` in a release, that count how often they are asked. */
function counting(release: typeof first, checks: string[]): ProcedureShapes {
  const shape = (what: string): Shape => ({
    conform(value) {
      checks.push(`${what} ${release?.release}`);
      return value;
    },
  });
  const document = release?.procedures["ask"];
  if (document === undefined) throw new Error("There is no such procedure.");
  return { document, request: shape("request"), response: shape("response"), errors: new Map() };
}

function planOf(
  caller: typeof first,
  answering: typeof first,
  checks: string[],
  steps: Partial<Route> = {},
): ProcedurePlan {
  return new ProcedurePlan({
    name: "talks/ask",
    release: caller?.release ?? "",
    caller: counting(caller, checks),
    answering: counting(answering, checks),
    route: { up: [], down: [], at: 0, procedure: "ask", answer: undefined, ...steps },
    handler: (request) => request,
    newer: () => undefined,
  });
}

const budget = limitsWith();
const payload = valueToBytes({ text: "x" });

const trail = (from: string, to: string): Route["up"][number] => ({
  from,
  to,
  convert: (value) => [...(value as string[]), `${from} to ${to}`], // made of nothing else
});

test("where nothing changed, one check each way is all that a call of an old client costs", () => {
  const checks: string[] = [];
  const plan = planOf(first, same, checks);
  plan.writeResponse(plan.readRequest(payload, budget));

  expect(checks).toEqual(["request 1.0.0", "response 2.0.0"]);
});

test("where something changed, both releases are asked each way", () => {
  const checks: string[] = [];
  const plan = planOf(first, changed, checks);
  plan.writeResponse(plan.readRequest(payload, budget));

  expect(checks).toEqual(["request 1.0.0", "request 3.0.0", "response 3.0.0", "response 1.0.0"]);
});

test("where an adapter converts, its result is checked even if the fingerprints are the same", () => {
  const checks: string[] = [];
  const up = [{ from: "1.0.0", to: "2.0.0", convert: (value: unknown) => value }];
  planOf(first, same, checks, { up }).readRequest(payload, budget);

  expect(checks).toEqual(["request 1.0.0", "request 2.0.0"]);
});

test("conversions run in the order of the releases, up for requests and down for responses", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), (steps) => {
      const up = Array.from({ length: steps }, (_, at) => trail(`${at}`, `${at + 1}`));
      const down = Array.from({ length: steps }, (_, at) =>
        trail(`${steps - at}`, `${steps - at - 1}`),
      );
      const plan = planOf(first, same, [], { up, down });

      expect(plan.readRequest(valueToBytes([]), budget)).toEqual(
        up.map(({ from, to }) => `${from} to ${to}`),
      );
      expect(plan.writeResponse([])).toEqual(
        valueToBytes(down.map(({ from, to }) => `${from} to ${to}`)),
      );
    }),
  );
});
