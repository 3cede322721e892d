/** The user's own handlers, called by clients of every release. */
import { defineContract, serverStream, unary } from "@concordat/core";
import * as kit from "@concordat/server/portable";
import { ConcordatError, implement } from "@concordat/server/portable";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { verifyOwn } from "../../src/verify/verify-own.ts";

const shop = defineContract("shop", {
  price: unary({
    request: Type.Object({ sku: Type.String() }),
    response: Type.Object({ cents: Type.Integer({ minimum: 0 }) }),
    errors: { unknown_sku: Type.Object({ sku: Type.String() }) },
  }),
  watch: serverStream({ request: Type.Object({}), response: Type.Integer() }),
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
