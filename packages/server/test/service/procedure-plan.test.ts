/** What a call costs: an old client pays for what changed, and for nothing else. */
import { unary } from "@concordat/core";
import { bytesToValue, limitsWith, putRaw, valueToBytes } from "@concordat/core/internal";
import * as fc from "fast-check";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { Composition } from "../../src/conversion/composition.ts";
import { ProcedurePlan } from "../../src/service/procedure-plan.ts";
import type { ProcedureShapes } from "../../src/conversion/release-shapes.ts";
import type { Change } from "../../src/conversion/route.ts";
import type { ReleaseMessage } from "../../src/conversion/served-message.ts";
import { historyOf } from "../fixture/library-history.ts";

const text = Type.Object({ text: Type.String() });
const longer = Type.Object({ text: Type.String(), more: Type.Optional(Type.String()) });
const [first, same, changed] = historyOf("talks", [
  ["1.0.0", { ask: unary({ request: text, response: text }) }],
  ["2.0.0", { ask: unary({ request: text, response: text, doc: "Asks." }) }],
  ["3.0.0", { ask: unary({ request: longer, response: longer }) }],
]);

/** The shapes of `ask` in a release, that count how often they are asked. */
function counting(release: typeof first, checks: string[]): ProcedureShapes {
  const shape = (what: string): ReleaseMessage => {
    const checked = <T>(value: T): T => {
      checks.push(`${what} ${release?.release}`);
      return value;
    };
    return {
      conform: checked,
      read: (bytes) => checked(bytesToValue(bytes, budget)),
      write: (value, _encoding, to) => putRaw(to, valueToBytes(checked(value))),
    };
  };
  const document = release?.procedures["ask"];
  if (document === undefined) throw new Error("There is no such procedure.");
  return {
    document,
    request: shape("request"),
    response: shape("response"),
    errors: new Map(),
  };
}

/** The plan of `ask` between two releases, with these conversions on the way. */
function planOf(
  caller: typeof first,
  answering: typeof first,
  checks: string[],
  changes: readonly Change[] = [],
): ProcedurePlan {
  const ends = [counting(caller, checks), counting(answering, checks)] as const;
  return new ProcedurePlan({
    name: "talks/ask",
    caller: ends[0],
    answering: ends[1],
    composition: new Composition(() => changes, {
      // What lies behind the two declares the same.
      described: ({ at }) => ({ document: (ends[at] ?? ends[1]).document, definitions: {} }),
      shapes: ({ at }) => ends[at],
    }),
    handler: (request) => request,
    answer: undefined,
    end: { at: 1, procedure: "ask" },
    answerer: "the handler",
    newer: "",
    newerPlan: () => undefined,
    reach: () => ({ handlers: ["talks/ask"], scopes: [] }),
  });
}

const budget = limitsWith();
const dialect = { release: "1.0.0", encoding: "msgpack" } as const;
const payload = valueToBytes({ text: "x" });

function change(at: number, conversion: Change["conversion"] = {}): Change {
  const [older, newer] = [at, at + 1].map((index) => ({ at: index, procedure: "ask" }));
  if (older === undefined || newer === undefined) throw new Error("There are two.");
  return { from: `${at}`, to: `${at + 1}`, older, newer, conversion };
}

/** Writes down where a value has passed. */
const trail = (mark: string): ((value: unknown) => unknown) => {
  return (value) => [...(value as string[]), mark]; // made of nothing else
};

test("where nothing changed, one check each way is all that a call of an old client costs", () => {
  const checks: string[] = [];
  const plan = planOf(first, same, checks);
  plan.responseBytes(plan.readRequest(payload, budget, dialect), dialect);

  expect(checks).toEqual(["request 1.0.0", "response 1.0.0"]);
});

test("where something changed, both releases are asked each way", () => {
  const checks: string[] = [];
  const plan = planOf(first, changed, checks, [change(0)]);
  plan.responseBytes(plan.readRequest(payload, budget, dialect), dialect);

  expect(checks).toEqual(["request 1.0.0", "request 3.0.0", "response 3.0.0", "response 1.0.0"]);
});

test("where an adapter converts, its result is checked even if the fingerprints are the same", () => {
  const checks: string[] = [];
  const plan = planOf(first, same, checks, [change(0, { request: (value) => value })]);
  plan.readRequest(payload, budget, dialect);

  expect(checks).toEqual(["request 1.0.0", "request 2.0.0"]);
});

test("conversions run in the order of the releases, up for requests and down for responses", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), (count) => {
      const numbers = Array.from({ length: count }, (_, at) => at);
      const changes = numbers.map((at) =>
        change(at, { request: trail(`up ${at}`), response: trail(`down ${at}`) }),
      );
      const plan = planOf(first, same, [], changes);

      expect(plan.readRequest(valueToBytes([]), budget, dialect)).toEqual(
        numbers.map((at) => `up ${at}`),
      );
      expect(plan.responseBytes([], dialect)).toEqual(
        valueToBytes(numbers.toReversed().map((at) => `down ${at}`)),
      );
    }),
  );
});

test("neighbouring steps are one conversion, and only its ends are checked", () => {
  const checks: string[] = [];
  const changes = ["b", "c", "title"].map((to, at) =>
    change(at, { request: [{ step: "rename", at: "", from: ["text", "b", "c"][at] ?? "", to }] }),
  );
  const plan = planOf(first, same, checks, changes);

  expect(plan.readRequest(valueToBytes({ text: "x" }), budget, dialect)).toEqual({ title: "x" });
  expect(checks).toEqual(["request 1.0.0", "request 2.0.0"]);
});
