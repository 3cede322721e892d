/** What holds for a procedure's calls unless they say otherwise. */
import { expect, test } from "vitest";
import { checkDefaults, defaultsOf, joined } from "../../src/call/call-defaults.ts";

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

test("the longer name wins member by member, in whatever order they are written, and metadata goes general ones first", () => {
  const byName = {
    "books/find": { timeoutMs: 3_000, metadata: { from: "find" } },
    "books/loans/": { timeoutMs: 9_000 },
    "books/": { timeoutMs: 1_000, retry: false, metadata: { from: "books" } },
  } as const;

  expect(defaultsOf("books/find", { timeoutMs: 10 }, byName, 1_000)).toEqual({
    timeoutMs: 3_000,
    retry: false,
    metadata: [
      ["from", "books"],
      ["from", "find"],
    ],
  });
});

test("only a name that ends in a slash means what is below it", () => {
  const byName = { "books/f": { timeoutMs: 1_000 } };

  expect(defaultsOf("books/find", {}, byName, 1_000).timeoutMs).toBeUndefined();
  expect(() => checkDefaults(byName, ["books/find"])).toThrow('There is no procedure "books/f"');
  expect(() => checkDefaults({ "books/": {} }, ["books/find"])).not.toThrow();
});

test("the metadata of a call and of its procedure are bounded together", () => {
  const own = { key: "x".repeat(10) };

  expect(joined([], own, 13)).toEqual([["key", "xxxxxxxxxx"]]);
  expect(() => joined([["a", "b"]], own, 14)).toThrow("metadata");
});
