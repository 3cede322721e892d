/** The way by the platform's WebSocket, or the one that was given. */
import { findWebSocket } from "#socket";
import type { Way } from "./dial.ts";
import { type SocketWayOptions, socketWay } from "./socket-way.ts";
import type { WebSocketConstructor } from "./websocket-shape.ts";

/** Makes the way. Throws where there is no WebSocket. */
export function platformWay(
  { url, WebSocket }: Pick<SocketWayOptions, "url"> & { readonly WebSocket?: WebSocketConstructor },
  protocols: readonly string[],
  bounds: Omit<SocketWayOptions, "url" | "WebSocket" | "protocols">,
): Way {
  return socketWay({ url, WebSocket: findWebSocket(WebSocket), protocols, ...bounds });
}
