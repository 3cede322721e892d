/** The user's own handlers, called by clients of every release. */
import { defineContract, serverNotification, serverStream, unary } from "@concordat/core";
import * as kit from "@concordat/server/portable";
import { ConcordatError, implement } from "@concordat/server/portable";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { verifiedRemark } from "../../src/verify/verified-text.ts";
import { verifyOwn } from "../../src/verify/verify-own.ts";

const shop = defineContract("shop", {
  price: unary({
    request: Type.Object({ sku: Type.String() }),
    response: Type.Object({ cents: Type.Integer({ minimum: 0 }) }),
    errors: { unknown_sku: Type.Object({ sku: Type.String() }) },
  }),
  watch: serverStream({ request: Type.Object({}), response: Type.Integer() }),
  changed: serverNotification({ message: Type.Object({ sku: Type.String() }) }),
});

const options = { seed: 1, values: 6 };

test("handlers may refuse, and streams need not end", async () => {
  const service = implement(shop, {
    handlers: {
      price({ sku }) {
        if (sku.length > 1) {
          const detail = { name: "unknown_sku", value: { sku } };
          throw new ConcordatError("not_found", "No such thing.", { detail });
        }
        return { cents: sku.length };
      },
      async *watch(_request, { signal }) {
        yield 1;
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
    },
  });

  expect((await verifyOwn(service, kit, { ...options, values: 2 })).findings).toEqual([]);
});

test("a handler that fails on a message that its contract allows is found", async () => {
  const service = implement(shop, {
    handlers: { price: ({ sku }) => ({ cents: sku.charCodeAt(0) }), watch: () => [] },
  });

  const { findings } = await verifyOwn(service, kit, options);

  expect(findings).toMatchObject([{ law: "served", procedure: "price", path: "/cents" }]);
});

async function toldOf(thrown: unknown): Promise<readonly string[]> {
  const price = (): never => {
    throw thrown;
  };
  const service = implement(shop, { handlers: { price, watch: () => [] } });
  return (await verifyOwn(service, kit, options)).findings.map(({ message }) => message);
}

test("whatever a handler throws is told: an error in its own words, anything else as what it is", async () => {
  expect(await toldOf(new TypeError("no"))).toEqual([
    "The call failed: its handler threw TypeError: no",
  ]);
  expect(await toldOf("no")).toEqual([
    "The call failed: its handler threw something that is no error.",
  ]);
});

test("a procedure of which no message can be made is found, not counted as tried", async () => {
  const never = defineContract("never", {
    ask: unary({ request: Type.Object({ a: Type.Union([]) }), response: Type.Null() }),
  });
  const service = implement(never, { handlers: { ask: () => null } });

  const verified = await verifyOwn(service, kit, options);

  expect(verified.findings).toMatchObject([
    { law: "served", procedure: "ask", message: "No value of one of its messages could be found." },
  ]);
  expect(verified.tried).toMatchObject([{ procedure: "ask", values: 0 }]);
  expect(verifiedRemark(verified, 1).text).not.toContain("refused by the handler");
});
