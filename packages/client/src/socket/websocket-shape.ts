/** What dials: browsers, `ws`, Node's and Bun's and Deno's globals all fit. */

import type { WebSocketShape } from "@concordat/core/transport";

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
  /** Bytes where `isBinary`, and the UTF-8 of a text otherwise; a Buffer where `binaryType` is `"nodebuffer"`. */
  on(event: "message", listener: (data: Uint8Array, isBinary: boolean) => void): void;
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
