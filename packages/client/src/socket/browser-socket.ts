/**
 * A page's WebSocket as a transport.
 *
 * Stands in for `node-socket.ts` where a bundler builds for browsers, which show no HTTP answer to an upgrade that
 * was not granted, give bytes in one form only, and let go of a closed socket by themselves.
 */
import type {
  ServerWebSocketShape,
  SocketClose,
  SocketMessage,
  Transport,
  TransportListener,
  WebSocketShape,
} from "@concordat/core/transport";
import type { Dialled, WebSocketConstructor } from "./websocket-shape.ts";

/** Dials. Whoever is given the transport listens in that turn, too. */
export function dialSocket(
  WebSocket: WebSocketConstructor,
  address: string,
  protocols: string[],
): Dialled {
  const socket = new WebSocket(address, protocols);
  return { socket, opened: () => dialledTransport(socket) };
}

/** Wraps a WebSocket in the turn in which it opened. */
export function dialledTransport(socket: WebSocketShape): Transport {
  return new PageTransport(socket);
}

/** Closes a socket that nobody waits for any more. */
export function abandonSocket(socket: WebSocketShape): void {
  socket.close(1000);
}

/** Every page has one. */
export function findWebSocket(given: WebSocketConstructor | undefined): WebSocketConstructor {
  return given ?? WebSocket;
}

/** There is none to hear. */
export function hearHttpAnswer(): void {
  // A page is told 1006 and nothing else.
}

/** There is none to see. */
export function causeShownBy(_event: unknown): undefined {
  // For the same reason.
}

class PageTransport implements Transport {
  readonly #socket: ServerWebSocketShape;
  #listener: TransportListener | undefined;
  #isOver = false;

  constructor(socket: ServerWebSocketShape) {
    this.#socket = socket;
  }

  /** Bundlers for Workers take this file too, and the sockets there do not tell what waits in them. */
  get bufferedBytes(): number {
    return this.#socket.bufferedAmount ?? 0;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    this.#socket.addEventListener("message", this.#heard);
    this.#socket.addEventListener("close", this.#ended);
  }

  send(message: string | Uint8Array): void {
    if (this.#isOver) return;
    try {
      // Core allocates its messages itself and shares no memory with another thread.
      this.#socket.send(message as string | Uint8Array<ArrayBuffer>);
    } catch {
      // A worker's socket is gone, and its close is on the way.
    }
  }

  /** The peer's answer to the close is not waited for: on a dead link some browsers would wait for a minute. */
  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    this.#closed(code, reason);
  }

  // What is neither text nor bytes becomes a text that no handshake and no frame begins with.
  readonly #heard = ({ data }: SocketMessage): void =>
    this.#listener?.message(data instanceof ArrayBuffer ? new Uint8Array(data) : String(data));

  readonly #ended = ({ code, reason }: SocketClose): void => this.#closed(code, reason);

  #closed(code: number, reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#socket.removeEventListener("message", this.#heard);
    this.#socket.removeEventListener("close", this.#ended);
    this.#listener?.closed(code, reason);
  }
}
