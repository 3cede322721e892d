/** What holds for a procedure's calls unless they say otherwise. */
import { expect, test } from "vitest";
import { defaultsOf } from "../../src/call/call-defaults.ts";

test("what is set for a contract, or a group in it, holds for its own procedures alone", () => {
  const byName = {
    "books/": { timeoutMs: 1_000 },
    "books/loans/": { timeoutMs: 2_000 },
    "magazines/": { timeoutMs: 3_000 },
  };
  const timeouts = ["books/find", "books/loans/end", "magazines/find", "maps/find"].map(
    (path) => defaultsOf(path, {}, byName, 1_000).timeoutMs,
  );

  expect(timeouts).toEqual([1_000, 2_000, 3_000, undefined]);
});
