/** As much of a WebSocket as the client uses: browsers, `ws`, Node's and Bun's and Deno's globals all fit. */

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

/** A WebSocket. Which one it is decides nothing here; see {@link EmittingSocket} for what only `ws` has. */
export interface WebSocketShape {
  binaryType: string;
  /** What was sent and has not left the process, in bytes. */
  readonly bufferedAmount: number;
  // Bytes that are not shared between threads: what lib.dom asks for, and all that core makes.
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: SocketEventName, listener: SocketListener): void;
  removeEventListener(type: SocketEventName, listener: SocketListener): void;
}

/**
 * What every runtime takes as a listener; the client passes functions only.
 *
 * `never`, because each runtime has event classes of its own, and all of them hold what is read here.
 */
export type SocketListener = ((event: never) => void) | { handleEvent(event: never): void };

/** Makes WebSockets: the global one, or what `import WebSocket from "ws"` gives. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocketShape;

/**
 * What `ws` has beyond the standard: Node's own events, the HTTP answer to a failed upgrade among them, and a way
 * to end a socket whose peer does not answer a close.
 */
export interface EmittingSocket extends WebSocketShape {
  on(
    event: "unexpected-response",
    listener: (request: unknown, response: HttpResponseShape) => void,
  ): void;
  terminate(): void;
}

/** As much of Node's HTTP response as is read of a failed upgrade. */
export interface HttpResponseShape {
  readonly statusCode?: number;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  on(event: "data", listener: (chunk: Uint8Array) => void): void;
  on(event: "end" | "error" | "close", listener: () => void): void;
}

/** Whether a socket is one of `ws`, judged by what it can do. */
export function emitsNodeEvents(socket: WebSocketShape): socket is EmittingSocket {
  return has(socket, "on") && has(socket, "terminate");
}

function has(value: object, name: string): boolean {
  return name in value && typeof Reflect.get(value, name) === "function";
}
