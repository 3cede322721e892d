/** A WebSocket without a network: what a client dials in a test, with the server's end in the test's hand. */
import { type MemoryTransport, memoryTransports } from "@concordat/core/transport";

/** What a listener of a {@link MemoryWebSocket} is given; which members are set depends on the event. */
export interface MemorySocketEvent {
  readonly type: string;
  readonly data?: unknown;
  readonly code?: number;
  readonly reason?: string;
  readonly wasClean?: boolean;
}

/** One attempt of a client to connect, as the server sees it. Left alone, it hangs for ever. */
export class MemoryUpgrade {
  readonly url: string;
  /** What the client offered as subprotocols. */
  readonly protocols: readonly string[];
  /** The client's end. */
  readonly socket: MemoryWebSocket;

  constructor(socket: MemoryWebSocket, url: string, protocols: readonly string[]) {
    this.socket = socket;
    this.url = url;
    this.protocols = protocols;
  }

  /** Opens the connection. Returns the server's end. */
  accept(): MemoryTransport {
    const [near, far] = memoryTransports();
    this.socket.open(near);
    return far;
  }

  /** Ends it without having opened it: as a refused TCP connection does, or Firefox when a close follows at once. */
  fail(code = 1006, reason = ""): void {
    this.socket.end(code, reason);
  }
}

/** The client's end: as much of the standard's WebSocket as a client uses. Made by {@link memoryWebSocket}. */
export class MemoryWebSocket {
  binaryType = "blob";
  readyState: 0 | 1 | 2 | 3 = 0;
  /** A test may raise this to play a peer that does not read. */
  bufferedAmount = 0;
  readonly #listeners = new Map<string, Set<(event: MemorySocketEvent) => void>>();
  #transport: MemoryTransport | undefined;

  /** How many listeners are registered. */
  get listening(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  addEventListener(type: string, listener: (event: MemorySocketEvent) => void): void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
  }

  removeEventListener(type: string, listener: (event: MemorySocketEvent) => void): void {
    this.#listeners.get(type)?.delete(listener);
  }

  send(data: string | Uint8Array): void {
    if (this.readyState === 0) throw new Error("InvalidStateError: still connecting");
    this.#transport?.send(data);
  }

  close(code = 1005, reason = ""): void {
    if (code !== 1000 && code !== 1005 && (code < 3000 || code > 4999)) {
      throw new Error(`InvalidAccessError: a page may not close with ${code}`);
    }
    if (this.readyState >= 2) return;
    if (this.#transport === undefined) {
      queueMicrotask(() => this.end(1006, ""));
      this.readyState = 2;
      return;
    }
    this.readyState = 2;
    this.#transport.close(code, reason);
  }

  /** The server accepted. */
  open(transport: MemoryTransport): void {
    if (this.readyState !== 0) return;
    this.readyState = 1;
    this.#transport = transport;
    this.emit({ type: "open" });
    transport.listen({
      message: (message) => this.emit({ type: "message", data: dataOf(message, this.binaryType) }),
      closed: (code, reason) => this.end(code, reason),
    });
  }

  /** The connection is over, or never was. */
  end(code: number, reason: string): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    if (code === 1006) this.emit({ type: "error" });
    this.emit({ type: "close", code, reason, wasClean: code !== 1006 });
  }

  /** Tells the listeners of an event's type; a test may invent one. */
  emit(event: MemorySocketEvent): void {
    for (const listener of Array.from(this.#listeners.get(event.type) ?? [])) listener(event);
  }
}

/** A WebSocket constructor as a client takes it. */
export type MemoryWebSocketConstructor = new (
  url: string,
  protocols: readonly string[],
) => MemoryWebSocket;

/**
 * Makes a WebSocket constructor whose connections end in `serve`, which is called in the turn after the one that
 * dialled.
 */
export function memoryWebSocket(
  serve: (upgrade: MemoryUpgrade) => void,
): MemoryWebSocketConstructor {
  return class extends MemoryWebSocket {
    constructor(url: string, protocols: readonly string[]) {
      super();
      queueMicrotask(() => serve(new MemoryUpgrade(this, url, protocols)));
    }
  };
}

/** What a page is given: never the sender's own bytes. */
function dataOf(message: string | Uint8Array, binaryType: string): unknown {
  if (typeof message === "string") return message;
  const copy = message.slice();
  return binaryType === "arraybuffer" ? copy.buffer : copy;
}
