/** What a client says in its upgrade, ahead of its hello. */
import { routingToken, tokenOfRevision, wireRevisions } from "@concordat/core/internal";
import type { OwnContract } from "./negotiated.ts";

/** The wire revisions, and the releases of its contracts for whoever routes connections. */
export function subprotocolsOf(own: readonly OwnContract[]): readonly string[] {
  return [...wireRevisions.map(tokenOfRevision), ...tokensOf(own)];
}

/** A token names a release only, and a server may refuse on it: what is used of the contract it learns from the hello. */
function tokensOf(own: readonly OwnContract[]): readonly string[] {
  return own.filter(({ uses }) => uses === undefined).map(tokenOf);
}

function tokenOf({ name, offers }: OwnContract): string {
  return routingToken(name, offers[0]?.release);
}
