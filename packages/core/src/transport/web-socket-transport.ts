/** Any standard WebSocket as a transport: a browser's, Deno's, a Worker's, Node's own, one of `ws`. */
import { CallbackTransport } from "./callback-transport.ts";
import type { Transport } from "./transport.ts";

/** What a listener of `message` is given. */
export interface SocketMessage {
  readonly data: unknown;
}

/** What a listener of `close` is given. */
export interface SocketClose {
  readonly code: number;
  readonly reason: string;
}

/** The events of a WebSocket. */
export type SocketEventName = "open" | "message" | "close" | "error";

/**
 * What every runtime takes as a listener; only functions are passed.
 *
 * `never`, because each runtime has event classes of its own, and all of them hold what is read here.
 */
export type SocketListener = ((event: never) => void) | { handleEvent(event: never): void };

/** As much of a WebSocket as is used. Which runtime made it decides nothing. */
export interface WebSocketShape {
  /** Set to `"arraybuffer"`. */
  binaryType: string;
  /** What was sent and has not left the process, in bytes. */
  readonly bufferedAmount: number;
  // Bytes that are not shared between threads: what lib.dom asks for, and all that core makes.
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: SocketEventName, listener: SocketListener): void;
  removeEventListener(type: SocketEventName, listener: SocketListener): void;
}

/** A WebSocket of a server: Cloudflare's has neither a `binaryType` nor a `bufferedAmount` in every release. */
export type ServerWebSocketShape = Omit<WebSocketShape, "binaryType" | "bufferedAmount"> &
  Partial<Pick<WebSocketShape, "binaryType" | "bufferedAmount">>;

/**
 * Wraps a WebSocket, in the turn in which it opened or before.
 *
 * @param socket One that is open, or will be before anything is sent.
 * @param end Closes the socket. Default: its own `close`.
 */
export function webSocketTransport(
  socket: ServerWebSocketShape,
  end: (code: number, reason: string) => void = (code, reason) => closeSocket(socket, code, reason),
): Transport {
  socket.binaryType = "arraybuffer";
  const message = ({ data }: SocketMessage): void => transport.message(data);
  const closed = ({ code, reason }: SocketClose): void => {
    detach();
    transport.closed(code, reason);
  };
  const transport = new CallbackTransport({
    send: (sent) => socket.send(sent),
    close(code, reason) {
      detach();
      end(code, reason);
    },
    bufferedBytes: () => socket.bufferedAmount ?? 0,
  });
  socket.addEventListener("message", message);
  socket.addEventListener("close", closed);
  // Says nothing that the close does not, but `ws` throws when nobody listens. Stays to the end.
  socket.addEventListener("error", ignore);
  return transport;

  function detach(): void {
    socket.removeEventListener("message", message);
    socket.removeEventListener("close", closed);
  }
}

/** Closes a socket, whatever its runtime thinks of the code and the reason. */
export function closeSocket(
  socket: Pick<WebSocketShape, "close">,
  code: number,
  reason: string,
): void {
  try {
    socket.close(code, reason);
  } catch {
    // A runtime that refuses the code or the reason still has to let go of the socket.
    socket.close();
  }
}

function ignore(): void {
  // Nothing to do: see where it is registered.
}
