/** What clients of one kind have lost: judged once for all of them. */
import { type ContractRequest, negotiateAll, type ServedContract } from "@concordat/core/internal";
import { expect, test } from "vitest";

import { AgreedContracts } from "../../src/retirement/agreed-contracts.ts";
import { libraryHistory, offersOf } from "../fixture/library-history.ts";

function servedFrom(floor: string): ReadonlyMap<string, ServedContract> {
  return new Map([["library", { name: "library", releases: libraryHistory, floor }]]);
}

test("a loss is worked out once while the same is served, and anew when a floor moves, up or down", () => {
  const [low, high] = [servedFrom("1.0.0"), servedFrom("2.0.0")];
  const offers = offersOf(libraryHistory, "1.0.0");
  const requests: readonly ContractRequest[] = [{ name: "library", offers, optional: false }];
  const agreed = new AgreedContracts(requests, negotiateAll(requests, low).contracts ?? []);

  expect(agreed.loss(low)).toBeUndefined();
  const loss = agreed.loss(high);
  expect(loss?.refusal).toMatchObject({ closeCode: 4426, supported: { floor: "2.0.0" } });
  expect(agreed.loss(high)).toBe(loss);
  expect(agreed.loss(low)).toBeUndefined();
});
