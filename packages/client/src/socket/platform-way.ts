/** The way by the platform's WebSocket, or the one that was given, with what a client says in its upgrade. */
import { routingToken, tokenOfRevision, wireRevisions } from "@concordat/core/internal";
import { findWebSocket } from "#socket";
import type { ClientOptions } from "../client-options.ts";
import type { OwnContract } from "../connection/negotiated.ts";
import type { Way } from "./dial.ts";
import type { Patience } from "./patience.ts";
import { socketWay } from "./socket-way.ts";
import type { DialBounds } from "./websocket-shape.ts";

/** Makes the way. Throws where there is no WebSocket. */
export function platformWay(
  options: Pick<ClientOptions, "url" | "WebSocket">,
  own: readonly OwnContract[],
  bounds: Patience & DialBounds,
): Way {
  const WebSocket = findWebSocket(options.WebSocket);
  const protocols = [...wireRevisions.map(tokenOfRevision), ...tokensOf(own)];
  return socketWay({ url: options.url, WebSocket, protocols, ...bounds });
}

/** A token names a release only, and a server may refuse on it: what is used of the contract it learns from the hello. */
function tokensOf(own: readonly OwnContract[]): readonly string[] {
  return own.filter(({ uses }) => uses === undefined).map(tokenOf);
}

function tokenOf({ name, offers }: OwnContract): string {
  return routingToken(name, offers[0]?.release);
}
