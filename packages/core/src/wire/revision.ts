/** Wire revisions of the framework's own frames, and the subprotocol tokens that announce them. */

/** The wire revisions that this library speaks, newest first. */
export const wireRevisions: readonly number[] = [1];

/** What stands in the routing token of a contract that was never released. */
const unreleasedToken = "unreleased";

const revisionToken = /^concordat\.v([1-9][0-9]{0,4})$/;
const routingTokenGrammar =
  /^([a-z][a-z0-9-]{0,63})\.((?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})\.(?:0|[1-9]\d{0,8})|unreleased)$/;

/** The subprotocol token of a wire revision: `concordat.v1`. */
export function tokenOfRevision(revision: number): string {
  return `concordat.v${revision}`;
}

/** The wire revision that a subprotocol token names, or `undefined` for a token of somebody else. */
export function revisionOfToken(token: string): number | undefined {
  const match = revisionToken.exec(token);
  return match === null ? undefined : Number(match[1]);
}

/**
 * The token that lets a proxy route on a release and a log show it: `orders.2.1.0`.
 *
 * It travels beside the revision's token in `Sec-WebSocket-Protocol` and names the newest release
 * that the client offers. A contract that was never released says `orders.unreleased`.
 */
export function routingToken(contract: string, release: string | undefined): string {
  return `${contract}.${release ?? unreleasedToken}`;
}

/** A routing token taken apart, or `undefined` where it is none. */
export function parseRoutingToken(
  token: string,
): { contract: string; release: string | undefined } | undefined {
  const match = routingTokenGrammar.exec(token);
  if (match === null) return undefined;
  const [, contract = "", release = ""] = match;
  return { contract, release: release === unreleasedToken ? undefined : release };
}
