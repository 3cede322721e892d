/** The HTTP upgrade in Node: ask what to do with it, and never let one request end the process. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type Limits, WholeMessages } from "@concordat/core/internal";
import { WebSocketServer } from "ws";

import { refuseUpgrade } from "./http-refusal.ts";
import { tokenToEcho } from "./routing.ts";
import type { Upgrade, UpgradeRequest } from "./upgrade.ts";
import { boundGreeting } from "./ws-greeting.ts";
import { WsTransport } from "./ws-transport.ts";

/** Takes over the socket of one upgrade request. Never throws. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Makes the handler of all upgrades of one server.
 *
 * @param decide What to answer to a request from an address.
 */
export function upgradeHandler(
  limits: Limits,
  decide: (request: UpgradeRequest, address: string | undefined) => Upgrade,
): UpgradeHandler {
  // Three options that ws has and its type declarations lag behind.
  const recent = { closeTimeout: limits.closeMs, maxFragments: 1_024, maxBufferedChunks: 4_096 };
  const sockets = new WebSocketServer({
    ...recent,
    noServer: true,
    WebSocket: WsTransport,
    clientTracking: false,
    maxPayload: limits.messageBytes,
    // A deflate bomb of 1 kB costs 4 ms of processor time for each message, within every limit.
    perMessageDeflate: false,
    handleProtocols: (offered) => tokenToEcho(offered) ?? false,
  });
  const whole = new WholeMessages({ isMasked: true, maxBytes: limits.messageBytes });
  return (request, socket, head) => {
    try {
      upgrade(request, socket, head);
    } catch {
      socket.destroy();
    }
  };

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const answer = decide({ headers: headersOf(request) }, request.socket.remoteAddress);
    if (answer.status !== 101) return refuseUpgrade(socket, answer);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      socket.off("error", destroyAtError); // ws has a listener of its own now
      webSocket.over(socket, whole);
      boundGreeting(webSocket, socket, limits.handshakeBytes);
      answer.accept(webSocket);
    });
    return undefined;
  }
}

/** Node has taken its own listener away: a reset of a socket that nobody takes would end the process. */
export const destroyAtError = function destroyAtError(this: Duplex): void {
  this.destroy();
};

/** Nothing is copied: most upgrades are asked for four headers. */
function headersOf({ headers }: IncomingMessage): UpgradeRequest["headers"] {
  return {
    get: (name) => textOf(headers[name]) ?? null,
    forEach(visit) {
      for (const name of Object.keys(headers)) visit(textOf(headers[name]) ?? "", name);
    },
  };
}

function textOf(values: string | readonly string[] | undefined): string | undefined {
  return typeof values === "string" ? values : values?.join(", ");
}
