/** What subprotocol tokens prove, and what they do not. */
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { refusalByTokens, tokensOf, tokenToEcho } from "../../src/upgrade/routing.ts";
import { libraryService } from "../fixture/librarian.ts";
import { implement } from "../../src/index.ts";
import { shop, shopHandlers } from "../fixture/shop.ts";

const services = new Map([
  ["library", libraryService({ floor: "2.0.0" }).served],
  ["shop", implement(shop, { handlers: shopHandlers() }).served],
]);

test("a header is taken apart at its commas, with or without spaces", () => {
  expect(tokensOf("a,b, c ,,d")).toEqual(["a", "b", "c", "d"]);
  expect(tokensOf(undefined)).toEqual([]);
});

test("a client of which one contract can be served is let through, because the other may be optional", () => {
  expect(refusalByTokens(["library.1.1.0"], services)?.closeCode).toBe(4426);
  expect(refusalByTokens(["library.1.1.0", "museum.1.0.0"], services)?.closeCode).toBe(4426);
  expect(refusalByTokens(["library.1.1.0", "shop.unreleased"], services)).toBeUndefined();
});

test("a thousand tokens of one contract cost one look at its releases, and the last of them may still be served", () => {
  const { served } = libraryService({ floor: "2.0.0" });
  const looksFor = (tokens: readonly string[]): number => {
    let looks = 0;
    const counting = {
      ...served,
      get releases() {
        looks += 1;
        return served.releases;
      },
    };
    expect(refusalByTokens(tokens, new Map([["library", counting]]))?.closeCode).toBe(4426);
    return looks;
  };
  const tokens = Array.from({ length: 1_000 }, (_, index) => `library.1.0.${index}`);

  expect(looksFor(tokens)).toBe(looksFor(tokens.slice(0, 1)));
  expect(refusalByTokens([...tokens, "library.2.0.0"], services)).toBeUndefined();
});

test("whatever the tokens are, what is echoed was offered and is ours", () => {
  const token = fc.oneof(
    fc.constantFrom("concordat.v1", "concordat.v2", "concordat.v0", "library.1.0.0"),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(token), (tokens) => {
      const ours = tokens.filter((each) => /^concordat\.v[1-9]\d{0,4}$/.test(each));
      const best = ours.includes("concordat.v1") ? "concordat.v1" : ours[0];

      expect(tokenToEcho(tokens)).toBe(best);
      expect(refusalByTokens(tokens, services)?.closeCode ?? 4426).toBe(4426);
    }),
  );
});
