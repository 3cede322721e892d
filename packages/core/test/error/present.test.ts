/** What `present` leaves out, and what it keeps. */
import { expect, test } from "vitest";
import { present } from "../../src/error/present.ts";

test("members that are undefined are gone, all others stay", () => {
  const copy = present({ a: undefined, b: null, c: 0, d: "", e: false });

  expect(Object.keys(copy)).toEqual(["b", "c", "d", "e"]);
});
