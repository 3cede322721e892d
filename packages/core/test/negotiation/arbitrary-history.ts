/** Histories of a contract and offers of a client, made by chance. */
import * as fc from "fast-check";
import type { Offer } from "../../src/contract/client-contract.ts";
import type { ServedContract } from "../../src/negotiation/served-contract.ts";
import { compareReleaseNumbers } from "../../src/release/number.ts";

/** A fingerprint that is the release's own, or one that somebody made of it by editing. */
export function fingerprintOf(release: string, edit = 0): string {
  const hex = Array.from(`${release} ${edit}`, (letter) => letter.charCodeAt(0).toString(16)).join(
    "",
  );
  return `sha256:${hex.padEnd(64, "0").slice(0, 64)}`;
}

/** Few enough numbers that histories and offers meet. */
const release: fc.Arbitrary<string> = fc
  .tuple(fc.nat({ max: 2 }), fc.nat({ max: 2 }), fc.nat({ max: 1 }))
  .map((parts) => parts.join("."));

export const served: fc.Arbitrary<ServedContract> = fc
  .uniqueArray(release, { minLength: 1, maxLength: 6 })
  .map((numbers) => numbers.toSorted(compareReleaseNumbers))
  .chain((numbers) =>
    fc.record({
      name: fc.constant("orders"),
      releases: fc.constant(
        numbers.map((number) => ({ release: number, fingerprint: fingerprintOf(number) })),
      ),
      floor: fc.constantFrom(...numbers),
    }),
  );

/** One time in five edited. */
const offer: fc.Arbitrary<Offer> = fc.tuple(release, fc.nat({ max: 4 })).map(([number, edit]) => ({
  release: number,
  fingerprint: fingerprintOf(number, edit === 4 ? 1 : 0),
}));

export const offers: fc.Arbitrary<readonly Offer[]> = fc.uniqueArray(offer, {
  maxLength: 6,
  selector: ({ release: number }) => number,
});
