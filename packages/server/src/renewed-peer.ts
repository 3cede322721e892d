/** Peers that are the same connection: fresh credentials make another object of a peer, because calls that run keep theirs. */
import type { Peer } from "@concordat/core";

/** Those that fresh credentials made, and what each connection was at first. */
const firsts = new WeakMap<Peer, Peer>();

/** A peer with the principal of fresh credentials. */
export function renewedPeer(before: Peer, principal: unknown): Peer {
  const peer = { ...before, principal };
  firsts.set(peer, firstPeer(before));
  return peer;
}

/** The same object for all calls of one connection. */
export function firstPeer(peer: Peer): Peer {
  return firsts.get(peer) ?? peer;
}
