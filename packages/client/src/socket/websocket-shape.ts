/** What dials: browsers, `ws`, Node's and Bun's and Deno's globals all fit. */

import type { ReadingSocket } from "@concordat/core/internal";
import type { Transport, WebSocketShape } from "@concordat/core/transport";
import type { ClosePatience } from "./close-patience.ts";

/** What bounds what a socket takes in. */
export interface DialBounds {
  /** The longest message, in bytes. */
  readonly messageBytes: number;
}

/** A socket on its way. */
export interface Dialled {
  readonly socket: WebSocketShape;
  /** Wraps it in the turn in which it opened. */
  readonly opened: (patience: ClosePatience) => Transport;
}

/** What `ws` is told when it dials. */
export interface EmittingSocketOptions {
  /** Off: what it inflates is beyond every other limit. */
  readonly perMessageDeflate: false;
  /** Messages come in the turn in which they are read: some releases of `ws` put them off unless they are asked. */
  readonly allowSynchronousEvents: true;
  /** The longest message, in bytes. */
  readonly maxPayload: number;
}

/** Makes WebSockets: the global one, or what `import WebSocket from "ws"` gives, which alone is told a third thing. */
export type WebSocketConstructor = new (
  url: string,
  protocols: string[],
  options?: EmittingSocketOptions,
) => WebSocketShape;

/**
 * What `ws` has beyond the standard: Node's own events, the HTTP answer to a failed upgrade among them, and a way
 * to end a socket whose peer does not answer a close.
 */
export interface EmittingSocket extends WebSocketShape {
  on(
    event: "unexpected-response",
    listener: (request: unknown, response: HttpResponseShape) => void,
  ): void;
  /** The upgrade was granted; `open` follows in the same turn. */
  on(event: "upgrade", listener: (response: { readonly socket?: unknown }) => void): void;
  /** Bytes where `isBinary`, and the UTF-8 of a text otherwise; a Buffer where `binaryType` is `"nodebuffer"`. */
  on(event: "message", listener: (data: Uint8Array, isBinary: boolean) => void): void;
  on(event: "error", listener: (error: { readonly code?: unknown }) => void): void;
  /** How many listen. */
  listenerCount(event: "message"): number;
  /** Which were agreed on, as text: none where it is empty. */
  readonly extensions: string;
  /** 1 while messages may be sent. */
  readonly readyState: number;
  /** Bytes are sent as text where `binary` is false. */
  send(data: string | Uint8Array<ArrayBuffer>, options?: { readonly binary: boolean }): void;
  terminate(): void;
}

/** As much of Node's sockets as is used: what `ws` reads from and writes to. */
export interface RawSocket extends ReadingSocket {
  write(bytes: Uint8Array): unknown;
}

/** As much of Node's HTTP response as is read of a failed upgrade. */
export interface HttpResponseShape {
  readonly statusCode?: number;
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  on(event: "data", listener: (chunk: Uint8Array) => void): void;
  on(event: "end" | "error" | "close", listener: () => void): void;
}

/** Whether a socket is one of `ws`, judged by what it can do. Of a class its prototype tells. */
export function emitsNodeEvents(socket: object): socket is EmittingSocket {
  return has(socket, "on") && has(socket, "terminate");
}

/** Whether what an upgrade left is a socket of Node, judged by what is used of it. */
export function isRawSocket(value: unknown): value is RawSocket {
  return (
    typeof value === "object" && value !== null && has(value, "listeners") && has(value, "write")
  );
}

function has(value: object, name: string): boolean {
  return typeof Reflect.get(value, name) === "function";
}
