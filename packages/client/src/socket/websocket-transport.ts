/** Any open WebSocket as a transport. */
import { closeCode } from "@concordat/core";
import type { Clock, Transport, TransportListener } from "@concordat/core/internal";
import {
  emitsNodeEvents,
  type SocketClose,
  type SocketMessage,
  type WebSocketShape,
} from "./websocket-shape.ts";

/** How long a closed socket is put up with. */
export interface Patience {
  readonly clock: Clock;
  /** How long a peer may take to answer a close before the socket is destroyed, where that is possible. */
  readonly closeMs: number;
}

/**
 * A WebSocket that has opened.
 *
 * Once this side closes, the socket's own `close` event is not waited for: on a dead link it comes after 20 seconds
 * in one runtime and never in another.
 */
export class WebSocketTransport implements Transport {
  readonly #socket: WebSocketShape;
  readonly #patience: Patience;
  #listener: TransportListener | undefined;
  #isOpen = true;

  constructor(socket: WebSocketShape, patience: Patience) {
    this.#socket = socket;
    this.#patience = patience;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    this.#socket.addEventListener("message", this.#message);
    this.#socket.addEventListener("close", this.#close);
  }

  send(message: string | Uint8Array): void {
    if (!this.#isOpen) return;
    // Core allocates its messages itself and shares no memory with another thread.
    this.#socket.send(message as string | Uint8Array<ArrayBuffer>);
  }

  close(code: number, reason: string): void {
    if (!this.#isOpen) return;
    const listener = this.#detach();
    endSocket(this.#socket, code, reason, this.#patience);
    listener?.closed(code, reason);
  }

  readonly #message = ({ data }: SocketMessage): void => {
    const message = messageOf(data);
    if (message !== undefined) this.#listener?.message(message);
    else this.close(closeCode["bad-frame"], "bad-frame");
  };

  readonly #close = ({ code, reason }: SocketClose): void => {
    this.#detach()?.closed(code, reason);
  };

  #detach(): TransportListener | undefined {
    const listener = this.#listener;
    this.#listener = undefined;
    this.#isOpen = false;
    this.#socket.removeEventListener("message", this.#message);
    this.#socket.removeEventListener("close", this.#close);
    return listener;
  }
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

function messageOf(data: unknown): string | Uint8Array | undefined {
  if (typeof data === "string" || data instanceof Uint8Array) return data;
  return data instanceof ArrayBuffer ? new Uint8Array(data) : undefined;
}
