/** The decision about one upgrade request, in whatever runtime it came. */
import {
  type Refusal,
  refusal,
  refusalToJson,
  type ServedContract,
  tokenOfRevision,
  type Transport,
  wireRevisions,
} from "@concordat/core/internal";

import { clientAddress } from "./client-address.ts";
import type { Arrival } from "../peer/identity.ts";
import { type AllowedOrigins, isOriginAllowed } from "./origin.ts";
import { noticeHeaders } from "../retirement/notice-headers.ts";
import { refusalByTokens, tokensOf, tokenToEcho } from "./routing.ts";

/** As much of a standard `Request` as is looked at. */
export interface UpgradeRequest {
  readonly headers: {
    get(name: string): string | null;
    forEach(visit: (value: string, name: string) => void): void;
  };
}

/** What to answer to an upgrade request: open the WebSocket, or an HTTP response. */
export type Upgrade = UpgradeGranted | UpgradeRefused;

/** Open the WebSocket, and hand it over. */
export interface UpgradeGranted {
  readonly status: 101;
  /** The subprotocol that the answer has to name. Without it browsers fail the connection, and learn no reason. */
  readonly protocol: string;
  /**
   * Serves the socket. Called once, in the turn in which it opened.
   *
   * Also for those who will be refused: they are told so over it.
   */
  accept(transport: Transport): void;
}

/** Answer with this, as `new Response(body, { status, headers })` does. */
export interface UpgradeRefused {
  readonly status: 400 | 404 | 426 | 503;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const noHeaders: Arrival["headers"] = new Map();

/** What an upgrade is judged by. */
export interface UpgradePolicy {
  /** What is served at this moment. */
  readonly served: () => ReadonlyMap<string, ServedContract>;
  readonly origins: AllowedOrigins;
  readonly refuseAt: "close" | "upgrade";
  /** Whether anybody looks at the headers of a connection that is open: they are kept then. */
  readonly readsHeaders: boolean;
  /** How many proxies are believed what they say of the address that they were called from. */
  readonly trustedProxies: number;
  /** Why nobody gets a socket now: there are too many already. */
  readonly crowd: () => Refusal | undefined;
  /** Told of whoever is refused before a socket is opened. */
  readonly refused: (refusal: Refusal) => void;
  /** Takes a socket that was opened; `refused` says what to answer its hello. */
  readonly accept: (transport: Transport, arrival: Arrival, refused: Refusal | undefined) => void;
}

/**
 * Decides. Never throws.
 *
 * @param address The address of the other end of the socket, where it is known.
 */
export function judgeUpgrade(
  { headers }: UpgradeRequest,
  address: string | undefined,
  policy: UpgradePolicy,
): Upgrade {
  const tokens = tokensOf(headers.get("sec-websocket-protocol") ?? undefined);
  const protocol = tokenToEcho(tokens);
  if (protocol === undefined) {
    const expected = wireRevisions.map(tokenOfRevision).join(" or ");
    return plainRefusal(400, `Offer the subprotocol ${expected} in Sec-WebSocket-Protocol.`);
  }
  const crowd = policy.crowd();
  if (crowd !== undefined) {
    policy.refused(crowd);
    return crowdRefusal(crowd);
  }
  const origin = headers.get("origin") ?? undefined;
  const early = policy.refuseAt === "upgrade" && origin === undefined;
  const tooOld = early ? refusalByTokens(tokens, policy.served()) : undefined;
  if (tooOld !== undefined) {
    policy.refused(tooOld);
    return releaseRefusal(tooOld);
  }
  const host = headers.get("host") ?? undefined;
  const refused = isOriginAllowed(policy.origins, origin, host) ? undefined : forbidden();
  const kept = new Map<string, string>();
  if (policy.readsHeaders) headers.forEach((value, name) => kept.set(name, value));
  const arrival = {
    origin,
    address: clientAddress(address, headers.get("x-forwarded-for"), policy.trustedProxies),
    headers: kept.size === 0 ? noHeaders : kept,
  };
  return {
    status: 101,
    protocol,
    accept: (transport) => policy.accept(transport, arrival, refused),
  };
}

/** An answer in plain text. */
export function plainRefusal(status: UpgradeRefused["status"], message: string): UpgradeRefused {
  return {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8" },
    body: `${message}\n`,
  };
}

function crowdRefusal({ message, retryAfterMs = 0 }: Refusal): UpgradeRefused {
  const { status, headers, body } = plainRefusal(503, message);
  const seconds = String(Math.ceil(retryAfterMs / 1_000));
  return { status, headers: { ...headers, "Retry-After": seconds }, body };
}

/**
 * 426 with a problem document (RFC 9457) whose members are those of a `reject`.
 *
 * The `Upgrade` header is what RFC 9110 section 15.5.22 demands of a 426.
 */
function releaseRefusal(refused: Refusal): UpgradeRefused {
  const problem = {
    type: `urn:concordat:${refused.closeName}`,
    title: "Upgrade Required",
    status: 426,
    detail: refused.message,
    ...refusalToJson(refused),
  };
  return {
    status: 426,
    headers: {
      Upgrade: "websocket",
      "Content-Type": "application/problem+json",
      ...noticeHeaders(refused),
    },
    body: JSON.stringify(problem),
  };
}

function forbidden(): Refusal {
  // The origin itself is not repeated: it is the peer's, and the page knows it.
  const message =
    'Pages of this origin may not connect; the server\'s option "origins" lists those that may.';
  return refusal("forbidden", { message });
}
