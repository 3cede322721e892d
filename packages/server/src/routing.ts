/** What the subprotocol tokens of an upgrade already tell, before a socket is given to it. */
import {
  compareReleaseNumbers,
  parseRoutingToken,
  present,
  rangeInWords,
  rangeOf,
  refusal,
  type Refusal,
  revisionOfToken,
  type ServedContract,
  wireRevisions,
} from "@concordat/core/internal";

import type { Service } from "./service.ts";

/** The tokens of `Sec-WebSocket-Protocol`, in the order offered. */
export function tokensOf(header: string | undefined): readonly string[] {
  return (header ?? "")
    .split(",")
    .map((token) => token.trim())
    .filter((token) => token !== "");
}

/**
 * The `concordat.*` token to echo: one whose wire revision this server speaks, else the first. It is echoed also to
 * those who will be refused, or they would never learn why.
 */
export function tokenToEcho(tokens: Iterable<string>): string | undefined {
  const offered = [...tokens].filter((token) => revisionOfToken(token) !== undefined);
  return offered.find((token) => wireRevisions.includes(revisionOfToken(token) ?? 0)) ?? offered[0];
}

/**
 * The refusal that the routing tokens already prove, or `undefined`.
 *
 * A token names the newest release that is offered, so what lies below the floor is proved to be too old; what is
 * newer than everything here may still offer an older release, and is let through. So is a client of which a single
 * contract can be served: whether it can do without the others stands in its hello.
 */
export function refusalByTokens(
  tokens: readonly string[],
  services: ReadonlyMap<string, Service>,
): Refusal | undefined {
  let first: Refusal | undefined;
  for (const token of tokens) {
    const parsed = parseRoutingToken(token);
    const served = parsed === undefined ? undefined : services.get(parsed.contract)?.served;
    if (parsed === undefined || served === undefined) continue;
    const tooOld = refusalBelowFloor(parsed.release, served);
    if (tooOld === undefined) return undefined;
    first ??= tooOld;
  }
  return first;
}

function refusalBelowFloor(
  release: string | undefined,
  served: ServedContract,
): Refusal | undefined {
  const { name, floor, upgradeUrl } = served;
  if (release === undefined || floor === undefined) return undefined;
  if (compareReleaseNumbers(release, floor) >= 0) return undefined;
  const supported = rangeOf(served);
  return refusal("client-too-old", {
    message: `This client speaks ${release} of ${name}; the server serves ${rangeInWords(supported)}. The client has to be updated.`,
    contract: name,
    offered: [release],
    supported,
    mustMove: "client",
    ...present({ upgradeUrl }),
  });
}
