/** Subprotocol tokens: the wire revision's, and those that a proxy can route on. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  parseRoutingToken,
  revisionOfToken,
  routingToken,
  tokenOfRevision,
  wireRevisions,
} from "../../src/wire/revision.ts";

/** What RFC 9110 allows in a token: a browser throws at anything else. */
const httpToken = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

test("a wire revision's token is read back", () => {
  for (const revision of [...wireRevisions, 2, 99_999]) {
    expect(revisionOfToken(tokenOfRevision(revision))).toBe(revision);
    expect(tokenOfRevision(revision)).toMatch(httpToken);
  }
  expect(tokenOfRevision(1)).toBe("concordat.v1");
});

test.each([
  "concordat",
  "concordat.v",
  "concordat.v0",
  "concordat.v01",
  "Concordat.v1",
  "concordat.v1 ",
  "concordat.v100000",
  "graphql-ws",
  "",
])("%j is no token of ours", (token) => {
  expect(revisionOfToken(token)).toBeUndefined();
});

test("a routing token is read back, and fits into a header", () => {
  const number = fc.nat({ max: 999_999_999 });
  fc.assert(
    fc.property(
      fc.stringMatching(/^[a-z][a-z0-9-]{0,63}$/),
      fc.option(fc.tuple(number, number, number), { nil: undefined }),
      (contract, parts) => {
        const release = parts?.join(".");
        const token = routingToken(contract, release);

        expect(token).toMatch(httpToken);
        expect(parseRoutingToken(token)).toEqual({ contract, release });
      },
    ),
  );
});

test("a contract called concordat does not take the wire revision's token", () => {
  expect(parseRoutingToken("concordat.v1")).toBeUndefined();
  expect(revisionOfToken("concordat.1.0.0")).toBeUndefined();
});

test.each([
  "orders",
  "orders.",
  "orders.1.0",
  "orders.01.0.0",
  "orders.1.0.0.0",
  "Orders.1.0.0",
  ".1.0.0",
])("%j is no routing token", (token) => {
  expect(parseRoutingToken(token)).toBeUndefined();
});
