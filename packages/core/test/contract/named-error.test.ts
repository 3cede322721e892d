/** Errors are told apart by their names in the contract, with the types of what they carry. */
import { Type } from "typebox";
import { expect, expectTypeOf, test } from "vitest";
import { isError } from "../../src/contract/named-error.ts";
import { serverStream, unary } from "../../src/contract/procedure.ts";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import { defineContract } from "../../src/release/define-contract.ts";

const nothing = Type.Object({});
const orders = defineContract("orders", {
  place: unary({
    request: nothing,
    response: nothing,
    errors: {
      out_of_stock: Type.Object({ sku: Type.String() }),
      closed: Type.Null(),
    },
  }),
  stock: {
    watch: serverStream({ request: nothing, response: nothing, errors: { gone: Type.Integer() } }),
  },
  list: unary({ request: nothing, response: nothing }),
});

function thrown(name: string, value: unknown): unknown {
  return new ConcordatError("failed_precondition", "No.", { detail: { name, value } });
}

test("a named error is known by its name, and has its payload's type", () => {
  const error = thrown("out_of_stock", { sku: "A-1" });

  expect(isError(error, orders, "place", "out_of_stock")).toBe(true);
  expect(isError(error, orders, "place", "closed")).toBe(false);
  expect(isError(thrown("gone", 3), orders, "stock/watch", "gone")).toBe(true);
  if (!isError(error, orders, "place", "out_of_stock")) throw new Error("It is.");
  expectTypeOf(error.detail.value).toEqualTypeOf<{ sku: string }>();
  expectTypeOf(error.detail.name).toEqualTypeOf<"out_of_stock">();
  expect(error.detail.value.sku).toBe("A-1");
});

test.each([
  ["an error without a name", new ConcordatError("internal", "No.")],
  ["another error", new Error("out_of_stock")],
  ["something that looks like one", { detail: { name: "closed", value: null } }],
  ["nothing", undefined],
])("%s is none", (_title, error) => {
  expect(isError(error, orders, "place", "closed")).toBe(false);
});

test("names that the contract does not have do not compile", () => {
  // @ts-expect-error: no such error
  expect(isError(thrown("gone", 3), orders, "place", "gone")).toBe(true);
  // @ts-expect-error: no such procedure
  expect(isError(thrown("gone", 3), orders, "watch", "gone")).toBe(true);
  // @ts-expect-error: it has no named errors
  expect(isError(thrown("gone", 3), orders, "list", "gone")).toBe(true);
});
