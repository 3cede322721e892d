/** Names for types and constants. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { constantName, Scope, typeName } from "../../src/emit/safe-name.ts";

test.each([
  ["Order", "Order"],
  ["tools/call", "ToolsCall"],
  ["out_of_stock", "OutOfStock"],
  ["class", "Class"],
  ["JSONRPCRequest", "JSONRPCRequest"],
  ["2fa", "_2fa"],
  ["_", "_"],
])("a type for %s is called %s", (text, name) => {
  expect(typeName(text)).toBe(name);
});

test.each([
  ["tool-box", "toolBox"],
  ["delete", "deleteContract"],
  ["JSONRPCRequest", "jsonrpcRequest"],
  ["ABTest", "abTest"],
])("a constant for %s is called %s", (text, name) => {
  expect(constantName(text, "Contract")).toBe(name);
});

test("whatever a name is made of, the result is an identifier", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(typeName(text)).toMatch(/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u);
      expect(constantName(text, "Contract")).toMatch(/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u);
    }),
  );
});

test("a scope gives each name once", () => {
  const scope = new Scope(["Order"]);

  expect([scope.claim("Order"), scope.claim("Order"), scope.claim("Line")]).toEqual([
    "Order2",
    "Order3",
    "Line",
  ]);
});
