/** What the subprotocol tokens of an upgrade already tell, before a socket is given to it. */
import {
  isBelowFloor,
  negotiate,
  parseRoutingToken,
  type Refusal,
  revisionOfToken,
  type ServedContract,
  tokenOfRevision,
  wireRevisions,
} from "@concordat/core/internal";

/** This server's own, by themselves: a socket keeps the one that is echoed, and not the client's copy of it. */
const ownTokens: ReadonlyMap<string, string> = new Map(
  wireRevisions.map(tokenOfRevision).map((token) => [token, token]),
);

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
  for (const token of offered) {
    const own = ownTokens.get(token);
    if (own !== undefined) return own;
  }
  return offered[0];
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
  contracts: ReadonlyMap<string, ServedContract>,
): Refusal | undefined {
  let first: Refusal | undefined;
  // A refusal is a sentence with the history in it, and a header has room for two thousand tokens of one contract.
  const refusedOnes = new Set<ServedContract>();
  for (const token of tokens) {
    const parsed = parseRoutingToken(token);
    const served = parsed === undefined ? undefined : contracts.get(parsed.contract);
    if (parsed === undefined || served === undefined) continue;
    if (!isBehind(parsed.release, served)) return undefined;
    if (refusedOnes.has(served)) continue;
    const refused = refusalOfToken(parsed.release, served);
    if (refused === undefined) return undefined;
    refusedOnes.add(served);
    first ??= refused;
  }
  return first;
}

/** A token has no fingerprint, so it proves an age and nothing else. */
function isBehind(release: string | undefined, { floor, retired }: ServedContract): boolean {
  return retired === true || isBelowFloor(release, floor);
}

function refusalOfToken(release: string | undefined, served: ServedContract): Refusal | undefined {
  const { name } = served;
  const known = served.releases.find((each) => each.release === release);
  const { fingerprint = "" } = known ?? {};
  const offer = release === undefined ? { fingerprint } : { release, fingerprint };
  const outcome = negotiate(name, [offer], served);
  return outcome.agreed === undefined ? outcome.refusal : undefined;
}
