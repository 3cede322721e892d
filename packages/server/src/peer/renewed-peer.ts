/** Peers that are the same connection: fresh credentials make another object of a peer, because calls that run keep theirs. */
import type { Peer } from "@concordat/core";

/** Under it stands what a connection was at first; no other code can name it. */
const first = Symbol("first");

/** A peer with the principal of fresh credentials. */
export function renewedPeer(before: Peer, principal: unknown): Peer {
  return Object.defineProperty({ ...before, principal }, first, { value: firstPeer(before) });
}

/** The same object for all calls of one connection. */
export function firstPeer(peer: Peer & { readonly [first]?: Peer }): Peer {
  return peer[first] ?? peer;
}
