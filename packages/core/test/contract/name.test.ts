/** The names that travel: short, plain, and nothing that an object has by birth. */
import { expect, test } from "vitest";
import { isContractName, isProcedureName, isSegment } from "../../src/contract/name.ts";

test.each(["a", "orders", "orders-2", `a${"b".repeat(63)}`])("%s may name a contract", (name) => {
  expect(isContractName(name)).toBe(true);
});

test.each(["", "Orders", "2orders", "-a", "a_b", "a.b", "a/b", "é", "a b", `a${"b".repeat(64)}`])(
  "%j may not name a contract",
  (name) => {
    expect(isContractName(name)).toBe(false);
  },
);

test.each(["place", "tools/list", "a/b/c", "Place_2"])("%s may name a procedure", (name) => {
  expect(isProcedureName(name)).toBe(true);
});

test.each([
  "",
  "/",
  "a/",
  "/a",
  "a//b",
  "1a",
  "_a",
  "a-b",
  "a.b",
  "a b",
  "__proto__",
  "constructor",
  "toString",
  "a/hasOwnProperty",
  "prototype",
  `a/${"b".repeat(65)}`,
  Array.from({ length: 101 }, () => "a").join("/"),
])("%j may not name a procedure", (name) => {
  expect(isProcedureName(name)).toBe(false);
});

test("a group with a procedure called then would be taken for a promise", () => {
  expect(isSegment("then")).toBe(false);
  expect(isSegment("catch")).toBe(true);
});
