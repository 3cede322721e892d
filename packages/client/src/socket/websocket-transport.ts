/** An open WebSocket as a transport, and its end. */
import type { Clock } from "@concordat/core/internal";
import { type Transport, type WebSocketShape, webSocketTransport } from "@concordat/core/transport";
import { emitsNodeEvents } from "./websocket-shape.ts";

/** How long a closed socket is put up with. */
export interface Patience {
  readonly clock: Clock;
  /** How long a peer may take to answer a close before the socket is destroyed, where that is possible. */
  readonly closeMs: number;
}

/**
 * Wraps a WebSocket that has opened.
 *
 * Once this side closes, the socket's own `close` event is not waited for: on a dead link it comes after 20 seconds
 * in one runtime and never in another.
 */
export function dialledTransport(socket: WebSocketShape, patience: Patience): Transport {
  return webSocketTransport(socket, (code, reason) => endSocket(socket, code, reason, patience));
}

/**
 * Closes a socket that nobody listens to any more, in whatever state it is. Never throws.
 *
 * A `ws` socket would keep its process alive for 30 seconds when the peer is silent; it is destroyed after `closeMs`.
 */
export function endSocket(
  socket: WebSocketShape,
  code: number,
  reason: string,
  { clock, closeMs }: Patience,
): void {
  if (emitsNodeEvents(socket)) {
    const callOff = clock.wakeAt(clock.now() + closeMs, () => socket.terminate());
    socket.addEventListener("close", callOff);
  }
  try {
    socket.close(code, reason);
  } catch {
    // A runtime that refuses the code or the reason still has to let go of the socket.
    socket.close();
  }
}
