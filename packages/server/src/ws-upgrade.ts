/** The HTTP upgrade: echo the subprotocol, refuse readably, and never let one request end the process. */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import {
  type Limits,
  type Refusal,
  refusal,
  tokenOfRevision,
  type Transport,
  wireRevisions,
} from "@concordat/core/internal";
import { WebSocketServer } from "ws";

import type { ConnectionRequest } from "./authenticate.ts";
import { refuseRelease, refuseUpgrade } from "./http-refusal.ts";
import { type AllowedOrigins, isOriginAllowed } from "./origin.ts";
import { refusalByTokens, tokensOf, tokenToEcho } from "./routing.ts";
import type { Service } from "./service.ts";
import { boundGreeting } from "./ws-greeting.ts";
import { wsTransport } from "./ws-transport.ts";

/** What an upgrade is judged by. */
export interface UpgradePolicy {
  readonly services: ReadonlyMap<string, Service>;
  readonly origins: AllowedOrigins;
  readonly refuseAt: "close" | "upgrade";
  readonly limits: Limits;
  /** Whether too many clients are being let in already. */
  readonly isCrowded: () => boolean;
  /** Takes a socket that was opened; `refused` says what to answer its hello. */
  readonly accept: (
    transport: Transport,
    request: Omit<ConnectionRequest, "credentials" | "client">,
    refused: Refusal | undefined,
  ) => void;
}

/** Takes over the socket of one upgrade request. Never throws. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Makes the handler of all upgrades of one server. */
export function upgradeHandler(policy: UpgradePolicy): UpgradeHandler {
  const { limits } = policy;
  // Three options that ws has and its type declarations lag behind.
  const recent = { closeTimeout: limits.closeMs, maxFragments: 1_024, maxBufferedChunks: 4_096 };
  const sockets = new WebSocketServer({
    ...recent,
    noServer: true,
    clientTracking: false,
    maxPayload: limits.messageBytes,
    // A deflate bomb of 1 kB costs 4 ms of processor time for each message, within every limit.
    perMessageDeflate: false,
    handleProtocols: (offered) => tokenToEcho(offered) ?? false,
  });
  return (request, socket, head) => {
    try {
      upgrade(request, socket, head);
    } catch {
      socket.destroy();
    }
  };

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const tokens = tokensOf(request.headers["sec-websocket-protocol"]);
    if (tokenToEcho(tokens) === undefined) {
      const expected = wireRevisions.map(tokenOfRevision).join(" or ");
      return refuseUpgrade(
        socket,
        400,
        `Offer the subprotocol ${expected} in Sec-WebSocket-Protocol.`,
      );
    }
    if (policy.isCrowded()) {
      return refuseUpgrade(socket, 503, "Too many clients are being let in; try again.", [
        "Retry-After: 1",
      ]);
    }
    const { origin } = request.headers;
    const early = policy.refuseAt === "upgrade" && origin === undefined;
    const tooOld = early ? refusalByTokens(tokens, policy.services) : undefined;
    if (tooOld !== undefined) return refuseRelease(socket, tooOld);
    const allowed = isOriginAllowed(policy.origins, origin, request.headers.host);
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      boundGreeting(webSocket, socket, limits.handshakeBytes);
      policy.accept(wsTransport(webSocket), describe(request), allowed ? undefined : forbidden());
    });
    return undefined;
  }
}

function describe(request: IncomingMessage): Omit<ConnectionRequest, "credentials" | "client"> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return { origin: request.headers.origin, address: request.socket.remoteAddress, headers };
}

function forbidden(): Refusal {
  // The origin itself is not repeated: it is the peer's, and the page knows it.
  const message =
    'Pages of this origin may not connect; the server\'s option "origins" lists those that may.';
  return refusal("forbidden", { message });
}
