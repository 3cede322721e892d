/** The reasons why no release can be agreed on, each with the sentence that the client's developer reads. */
import type { RefusalFacts, SupportedRange } from "../error/refusal-error.ts";
import { closeCode, type CloseName } from "../wire/close-code.ts";
import type { Offer } from "../contract/client-contract.ts";
import type { Deprecation } from "../error/deprecation.ts";
import { isBelowFloor } from "../release/number.ts";
import type { ServedContract, ServedRelease } from "./served-contract.ts";

/** A refusal, ready to travel. */
export type Refusal = RefusalFacts;

/** A refusal with the registry's code for its name. */
export function refusal(
  closeName: CloseName,
  facts: Omit<RefusalFacts, "closeCode" | "closeName">,
): Refusal {
  return { closeCode: closeCode[closeName], closeName, ...facts };
}

/** The refusal of a client that was not let in within a time. */
export function handshakeTimeout(ms: number): Refusal {
  const message = `No hello came within ${ms} ms, or its credentials took longer to check.`;
  return refusal("handshake-timeout", { message });
}

/** The refusal of a client whose hello nobody can read. */
export function badHandshake(why: string): Refusal {
  return refusal("bad-handshake", { message: `The handshake cannot be read: ${why}.` });
}

/** The refusal of a contract of which nothing that was offered can be served. */
export function refuseOffers(
  closeName: CloseName,
  contract: string,
  offers: readonly Offer[],
  served: ServedContract | undefined,
  message: string,
): Refusal {
  const isBehind = closeName === "server-behind";
  const mustMove = isBehind ? "server" : served === undefined ? undefined : "client";
  const isGone = closeName === "client-too-old" || closeName === "contract-retired";
  const notice = isGone ? noticeFor(offers, served) : undefined;
  // Nothing is served of a contract that was withdrawn, whatever releases it has.
  const range = served === undefined || served.retired === true ? undefined : rangeOf(served);
  return refusal(closeName, {
    message: notice?.message === undefined ? message : `${message} ${notice.message}`,
    contract,
    offered: offers.map(({ release }) => release ?? "unreleased"),
    ...(range === undefined ? {} : { supported: range }),
    ...(mustMove === undefined ? {} : { mustMove }),
    ...(served?.upgradeUrl === undefined || mustMove !== "client"
      ? {}
      : { upgradeUrl: served.upgradeUrl }),
    ...(notice === undefined ? {} : { notice }),
  });
}

/** What was announced about the newest of the offered releases; the operator's word about all of them comes first. */
function noticeFor(
  offers: readonly Offer[],
  served: ServedContract | undefined,
): Deprecation | undefined {
  const isOffered = ({ release, fingerprint }: ServedRelease): boolean =>
    offers.some((offer) => offer.release === release && offer.fingerprint === fingerprint);
  return served?.farewell ?? served?.releases.findLast(isOffered)?.notice;
}

/** Floor, newest and all served releases of a contract. */
export function rangeOf(served: ServedContract): SupportedRange {
  const { floor } = served;
  const releases = served.releases
    .map(({ release }) => release)
    .filter((release) => release !== undefined);
  const newest = releases.at(-1);
  return {
    ...(floor === undefined ? {} : { floor }),
    ...(newest === undefined ? {} : { newest }),
    releases: releases.filter((release) => !isBelowFloor(release, floor)),
  };
}

/** `2.0.0 to 3.1.0`, for a sentence. */
export function rangeInWords({ floor, newest }: SupportedRange): string {
  if (newest === undefined) return "a working tree that was never released";
  return floor === undefined || floor === newest ? `only ${newest}` : `${floor} to ${newest}`;
}
