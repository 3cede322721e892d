/** A bound on what a socket may send before its first message is complete. */
import type { Duplex } from "node:stream";
import { closeCode } from "@concordat/core";
import { formatReason } from "@concordat/core/internal";

import type { WsTransport } from "./ws-transport.ts";

/** Room for the headers of a message that comes in parts, and for pings between them. */
const framingBytes = 1_024;

/**
 * Closes a socket with 4400 as soon as its first message is known to be over `maxBytes`.
 *
 * ws has one limit for all messages, and would collect up to that much of a hello from somebody who has shown
 * nothing yet.
 *
 * @param raw What the socket reads from.
 */
export function boundGreeting(socket: WsTransport, raw: Duplex, maxBytes: number): void {
  let bytes = 0;
  let isGreeted = false;
  socket.atGreeting(() => {
    isGreeted = true; // this very chunk may hold more than the hello
    raw.off("data", count);
  });
  raw.on("data", count);

  function count(chunk: Buffer): void {
    bytes += chunk.length;
    if (isGreeted || bytes <= maxBytes + framingBytes) return;
    raw.off("data", count);
    socket.close(closeCode["bad-handshake"], formatReason("bad-handshake", { limit: maxBytes }));
    raw.pause(); // nothing more is taken in; ws destroys the socket when its close timeout is over
  }
}
