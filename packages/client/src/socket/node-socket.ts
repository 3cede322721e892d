/** What is peculiar to a WebSocket outside of pages: one of `ws` shows HTTP answers, and has to be destroyed. */
import { ConcordatError } from "@concordat/core";
import { type Clock, closeSocket } from "@concordat/core/internal";
import { type Transport, type WebSocketShape, webSocketTransport } from "@concordat/core/transport";
import { emittingTransport } from "./emitting-transport.ts";
import type { OpeningEar } from "./dial.ts";
import type { ClosePatience } from "./close-patience.ts";
import type { Shortcut } from "./short-way.ts";
import { readHttpAnswer } from "./unexpected-response.ts";
import {
  type DialBounds,
  type Dialled,
  emitsNodeEvents,
  isRawSocket,
  type RawSocket,
  type WebSocketConstructor,
} from "./websocket-shape.ts";

export { causeShownBy } from "./error-event.ts";

/** Dials. One of `ws` is told what bounds what it takes in: by default it inflates, and collects 100 MiB. */
export function dialSocket(
  WebSocket: WebSocketConstructor,
  address: string,
  protocols: string[],
  { messageBytes }: DialBounds,
): Dialled {
  const { prototype } = WebSocket as { readonly prototype?: object }; // every class has one
  const socket =
    prototype !== undefined && emitsNodeEvents(prototype)
      ? new WebSocket(address, protocols, {
          perMessageDeflate: false,
          allowSynchronousEvents: true,
          maxPayload: messageBytes,
        })
      : new WebSocket(address, protocols);
  let raw: RawSocket | undefined;
  if (emitsNodeEvents(socket)) {
    socket.on("upgrade", (response) => {
      if (isRawSocket(response.socket)) raw = response.socket;
    });
  }
  return {
    socket,
    opened: (patience) =>
      dialledTransport(socket, patience, raw && { raw, maxBytes: messageBytes }),
  };
}

/**
 * Wraps a WebSocket that has opened.
 *
 * Once this side closes, the socket's own `close` event is not waited for: on a dead link it comes after 20 seconds
 * in one runtime and never in another.
 *
 * @param shortcut Past `ws`, for small messages.
 */
export function dialledTransport(
  socket: WebSocketShape,
  patience: ClosePatience,
  shortcut?: Shortcut,
): Transport {
  const end = (code: number, reason: string): void => endSocket(socket, code, reason, patience);
  return emitsNodeEvents(socket)
    ? emittingTransport(socket, end, shortcut)
    : webSocketTransport(socket, end);
}

/** Closes a socket that nobody waits for any more. */
export function abandonSocket(socket: WebSocketShape, patience: ClosePatience): void {
  endSocket(socket, 1000, "", patience);
}

/** Hears the HTTP answer to an upgrade that was not granted, where the socket shows it. */
export function hearHttpAnswer(
  socket: WebSocketShape,
  clock: Clock,
  failed: OpeningEar["failed"],
): void {
  if (!emitsNodeEvents(socket)) return;
  socket.on("unexpected-response", (_request, response) => {
    readHttpAnswer(response, clock.now(), ({ status, refusal, retryAfterMs }) => {
      failed({
        code: refusal?.closeCode ?? 1006,
        refusal,
        fault: `the server answered the upgrade with HTTP ${status}`,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      });
    });
  });
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
  { clock, closeMs }: ClosePatience,
): void {
  if (emitsNodeEvents(socket)) {
    const callOff = clock.wakeAt(clock.now() + closeMs, () => socket.terminate());
    socket.addEventListener("close", callOff);
  }
  closeSocket(socket, code, reason);
}

/**
 * The platform's WebSocket where none was given.
 *
 * @throws ConcordatError `failed_precondition` where there is none, as in Node before 22.
 */
export function findWebSocket(given: WebSocketConstructor | undefined): WebSocketConstructor {
  if (given !== undefined) return given;
  const found: unknown = Reflect.get(globalThis, "WebSocket");
  // A platform that has this global has the standard's; its instances are used through their shape only.
  if (typeof found === "function") return found as WebSocketConstructor;
  throw new ConcordatError(
    "failed_precondition",
    'This platform has no global WebSocket (Node has one from 22 on): install "ws", write ' +
      '`import WebSocket from "ws"` and pass it as `createClient({ WebSocket, … })`.',
  );
}
