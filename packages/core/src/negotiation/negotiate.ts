/** Offers against what is served: one release, or the reason why there is none. Pure. */
import type { Offer } from "../contract/client-contract.ts";
import { compareReleaseNumbers, isBelowFloor } from "../release/number.ts";
import { rangeInWords, rangeOf, refuseOffers, type Refusal } from "./refusal.ts";
import type { ServedContract, ServedRelease } from "./served-contract.ts";

/** The release that both sides will speak. */
export interface Agreement {
  readonly served: ServedRelease;
  /** Which of the client's offers it is, counted from 0. */
  readonly offer: number;
}

/** What negotiating one contract came to. */
export type Negotiation =
  | { readonly agreed: Agreement }
  | { readonly agreed: undefined; readonly refusal: Refusal };

/**
 * Chooses the newest release that the client offers and the server serves.
 *
 * Does not depend on the order of the offers, nor on the sets being equal: procedures that one side lacks fail
 * their own calls later. A client that names the procedures which it `uses` is served below the floor too, as long as
 * all of those are answered. Says 4526 as soon as one offer is newer than everything here, because then it is the
 * server that a rolling deploy will replace.
 */
export function negotiate(
  contract: string,
  offers: readonly Offer[],
  served: ServedContract | undefined,
  uses: readonly string[] = [],
): Negotiation {
  if (served === undefined) {
    const message = `This server does not serve a contract called ${contract}.`;
    return refuse(refuseOffers("unknown-contract", contract, offers, served, message));
  }
  if (served.retired === true) {
    const message = `The contract ${contract} was withdrawn; nothing takes its place here.`;
    return refuse(refuseOffers("contract-retired", contract, offers, served, message));
  }
  const agreed = newestAgreement(offers, served, uses);
  if (agreed !== undefined) return { agreed };
  return refuse(
    workingTreeRefusal(contract, offers, served) ??
      conflictRefusal(contract, offers, served) ??
      rangeRefusal(contract, offers, served),
  );
}

function newestAgreement(
  offers: readonly Offer[],
  served: ServedContract,
  uses: readonly string[],
): Agreement | undefined {
  for (const release of served.releases.toReversed()) {
    const offer = offers.findIndex((candidate) => matches(candidate, release));
    if (offer >= 0 && isServed(release, served, uses)) return { served: release, offer };
  }
  return undefined;
}

/** A working tree has no number, so its fingerprint alone has to match. */
function matches(offer: Offer, { release, fingerprint }: ServedRelease): boolean {
  if (offer.fingerprint !== fingerprint) return false;
  return offer.release === release || offer.release === undefined || release === undefined;
}

function isServed(
  served: ServedRelease,
  { floor, reaches }: ServedContract,
  uses: readonly string[],
): boolean {
  if (!isBelowFloor(served.release, floor)) return true;
  return uses.length > 0 && reaches?.(served, uses) === true;
}

function workingTreeRefusal(
  contract: string,
  offers: readonly Offer[],
  served: ServedContract,
): Refusal | undefined {
  const clientIsTree = offers.length > 0 && offers.every(({ release }) => release === undefined);
  const serverIsTree = served.releases.every(({ release }) => release === undefined);
  if (!clientIsTree && !serverIsTree) return undefined;
  const message = clientIsTree
    ? `Your client was built from another working tree of ${contract}: restart it, or release the contract.`
    : `The server runs a working tree of ${contract} that was never released; your client was built from ${namesOf(offers)}.`;
  return refuseOffers("release-conflict", contract, offers, served, message);
}

function conflictRefusal(
  contract: string,
  offers: readonly Offer[],
  served: ServedContract,
): Refusal | undefined {
  for (const { release, fingerprint } of offers) {
    if (release === undefined) continue; // a working tree has no number to be in conflict about
    const known = served.releases.find((candidate) => candidate.release === release);
    if (known === undefined || known.fingerprint === fingerprint) continue;
    const message =
      `${contract} ${release} is ${fingerprint} in the client and ${known.fingerprint} in the server: ` +
      "somebody edited a released contract. Restore it and make a new release.";
    return refuseOffers("release-conflict", contract, offers, served, message);
  }
  return undefined;
}

function rangeRefusal(contract: string, offers: readonly Offer[], served: ServedContract): Refusal {
  const newest = served.releases.at(-1)?.release;
  const range = rangeInWords(rangeOf(served));
  const isNewer = ({ release }: Offer): boolean =>
    release !== undefined && newest !== undefined && compareReleaseNumbers(release, newest) > 0;
  const speaks = offers.length === 0 ? "offers nothing" : `speaks ${namesOf(offers)}`;
  if (offers.some(isNewer)) {
    const message = `This client ${speaks} of ${contract}; the server serves ${range}. The server has to be updated.`;
    return refuseOffers("server-behind", contract, offers, served, message);
  }
  const message = `This client ${speaks} of ${contract}; the server serves ${range}. The client has to be updated.`;
  return refuseOffers("client-too-old", contract, offers, served, message);
}

function namesOf(offers: readonly Offer[]): string {
  const names = offers.slice(0, 5).map(({ release }) => release ?? "an unreleased working tree");
  return names.join(", ") + (offers.length > names.length ? ", …" : "");
}

function refuse(refusal: Refusal): Negotiation {
  return { agreed: undefined, refusal };
}
