/** Several contracts on one connection: each by itself, and one refusal that the client should act on. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ContractRequest, negotiateAll } from "../../src/negotiation/negotiate-all.ts";
import type { ServedContract } from "../../src/negotiation/served-contract.ts";
import { isTerminal } from "../../src/wire/close-classification.ts";
import { fingerprintOf, offers, served } from "./arbitrary-history.ts";

const one: ServedContract = {
  name: "one",
  releases: [{ release: "1.0.0", fingerprint: fingerprintOf("1.0.0") }],
  floor: "1.0.0",
};
const contracts = new Map([
  ["one", one],
  ["two", { ...one, name: "two" }],
]);

function ask(name: string, release: string, optional = false): ContractRequest {
  return { name, offers: [{ release, fingerprint: fingerprintOf(release) }], optional };
}

test("every contract that can be agreed on is, in the order asked for", () => {
  const outcome = negotiateAll([ask("two", "1.0.0"), ask("one", "1.0.0")], contracts);

  expect(outcome.contracts?.map(({ name, agreed }) => [name, agreed?.served.release])).toEqual([
    ["two", "1.0.0"],
    ["one", "1.0.0"],
  ]);
});

test("a hello that asks for nothing can be served nothing", () => {
  expect(negotiateAll([], contracts).refusal).toMatchObject({
    closeCode: 4426,
    mustMove: "client",
  });
});

describe("an optional contract", () => {
  test("is absent with its reason, and the others are agreed on", () => {
    const outcome = negotiateAll(
      [ask("one", "1.0.0"), ask("two", "0.1.0", true), ask("three", "1.0.0", true)],
      contracts,
    );

    expect(outcome.refusal).toBeUndefined();
    expect(outcome.contracts?.map(({ absent }) => absent?.closeName)).toEqual([
      undefined,
      "client-too-old",
      "unknown-contract",
    ]);
  });

  test("does not save a connection whose other contract is refused", () => {
    const outcome = negotiateAll([ask("one", "1.0.0", true), ask("two", "0.1.0")], contracts);

    expect(outcome.refusal).toMatchObject({ closeCode: 4426, contract: "two" });
  });
});

describe("of several refusals", () => {
  test("one that can never succeed comes before one that may be retried", () => {
    const behindThenOld = negotiateAll([ask("one", "2.0.0"), ask("two", "0.1.0")], contracts);

    expect(behindThenOld.refusal).toMatchObject({ closeCode: 4426, contract: "two" });
  });

  test("the first is told where all may be retried", () => {
    const outcome = negotiateAll([ask("one", "2.0.0"), ask("two", "3.0.0")], contracts);

    expect(outcome.refusal).toMatchObject({ closeCode: 4526, contract: "one" });
  });
});

test("for any contracts: refused exactly when one that is needed is, and terminal when any of those is", () => {
  const request = fc.record({
    name: fc.constantFrom("a", "b", "c", "d"),
    offers,
    optional: fc.boolean(),
  });
  const requests = fc.uniqueArray(request, { selector: ({ name }) => name, minLength: 1 });
  const world = fc.dictionary(fc.constantFrom("a", "b", "c"), served, { noNullPrototype: true });
  fc.assert(
    fc.property(requests, world, (asked, serving) => {
      const map = new Map(Object.entries(serving));
      const alone = asked.map((each) => negotiateAll([each], map).refusal?.closeCode);
      const refused = alone.filter((code) => code !== undefined);
      const { refusal } = negotiateAll(asked, map);

      expect(refusal !== undefined).toBe(refused.length > 0);
      expect(refusal !== undefined && isTerminal(refusal.closeCode)).toBe(refused.some(isTerminal));
    }),
  );
});
