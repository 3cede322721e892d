/** What a client may call, asked for under names that it made up. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { unary } from "@concordat/core";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { implement } from "../../src/index.ts";
import { AgreedProcedures } from "../../src/service/agreed-procedures.ts";
import { historyOf } from "../fixture/library-history.ts";

const ask = unary({ request: Type.Object({}), response: Type.Null() });

function agreed(): AgreedProcedures {
  const history = historyOf("market", [["1.0.0", { ask }]]);
  const service = implement({ name: "market", history }, { handlers: { ask: () => null } });
  return new AgreedProcedures(new Map([["market", { service, index: 0, encoding: "msgpack" }]]));
}

test("a procedure is found by its path, and by the same one again", () => {
  const procedures = agreed();

  expect(procedures.find("market/ask")?.procedure).toBe("ask");
  expect(procedures.find("market/ask")).toBe(procedures.find("market/ask"));
});

test("nothing is remembered of names that a peer made up", () => {
  const procedures = agreed();
  setFlagsFromString("--expose-gc");
  const collectGarbage: () => void = runInNewContext("gc");
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  // Names that would be seen in the memory of this process.
  for (let count = 0; count < 10_000; count += 1) {
    const path = Buffer.from(`market/${"x".repeat(500)}${count}`).toString("latin1");
    expect(procedures.find(path)).toBeUndefined();
  }
  collectGarbage();

  expect(process.memoryUsage().heapUsed - before).toBeLessThan(4e6);
  expect(procedures.find("market/ask")).toBeDefined();
});
