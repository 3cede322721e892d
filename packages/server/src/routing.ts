/** What the subprotocol tokens of an upgrade already tell, before a socket is given to it. */
import {
  compareReleaseNumbers,
  parseRoutingToken,
  refusal,
  rangeOf,
  type Refusal,
  present,
  revisionOfToken,
} from "@concordat/core/internal";

import type { Service } from "./service.ts";

/** The tokens of `Sec-WebSocket-Protocol`, in the order offered. */
export function tokensOf(header: string | undefined): readonly string[] {
  return (header ?? "")
    .split(",")
    .map((token) => token.trim())
    .filter((token) => token !== "");
}

/** The `concordat.*` token to echo: echoed also to those who will be refused, or they would never learn why. */
export function tokenToEcho(tokens: Iterable<string>): string | undefined {
  for (const token of tokens) if (revisionOfToken(token) !== undefined) return token;
  return undefined;
}

/**
 * The refusal that the routing tokens already prove, or `undefined`.
 *
 * A token names the newest release that is offered, so what lies below the floor is proved to be too old; what is
 * newer than everything here may still offer an older release, and is let through.
 */
export function refusalByTokens(
  tokens: readonly string[],
  services: ReadonlyMap<string, Service>,
): Refusal | undefined {
  for (const token of tokens) {
    const parsed = parseRoutingToken(token);
    const served = parsed === undefined ? undefined : services.get(parsed.contract)?.served;
    const { release } = parsed ?? {};
    if (served?.floor === undefined || release === undefined) continue;
    if (compareReleaseNumbers(release, served.floor) >= 0) continue;
    const { name, floor, upgradeUrl } = served;
    const supported = rangeOf(served);
    return refusal("client-too-old", {
      message: `This client speaks ${release} of ${name}; the server serves ${floor} to ${supported.newest}. The client has to be updated.`,
      contract: name,
      offered: [release],
      supported,
      mustMove: "client",
      ...present({ upgradeUrl }),
    });
  }
  return undefined;
}
