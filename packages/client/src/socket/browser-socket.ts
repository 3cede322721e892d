/**
 * What is peculiar to a page's WebSocket: nothing.
 *
 * Stands in for `node-socket.ts` where a bundler builds for browsers, which show no HTTP answer to an upgrade that
 * was not granted, and let go of a closed socket by themselves.
 */
import { type Transport, type WebSocketShape, webSocketTransport } from "@concordat/core/transport";

/** An open WebSocket as a transport. */
export function dialledTransport(socket: WebSocketShape): Transport {
  return webSocketTransport(socket);
}

/** Closes a socket that nobody waits for any more. */
export function abandonSocket(socket: WebSocketShape): void {
  socket.close(1000);
}

/** There is none to hear. */
export function hearHttpAnswer(): void {
  // A page is told 1006 and nothing else.
}
