/** Who is calling: asked for each connection before anything else is decided about it, and when its credentials end. */
import { ConcordatError } from "@concordat/core";
import { refusal, type Refusal } from "@concordat/core/internal";

/** What is known about a connection when its credentials are checked. */
export interface ConnectionRequest {
  /** What the client's `credentials` supplied: any JSON, not checked yet. */
  readonly credentials: unknown;
  /** The client's own words about itself. */
  readonly client: { readonly name?: string; readonly version?: string };
  /** The page's origin, where a browser sent one. */
  readonly origin: string | undefined;
  /** The address of the other end of the socket, where there is one: behind a balancer the balancer's, unless `trustedProxies` is set. */
  readonly address: string | undefined;
  /** The HTTP headers of the upgrade, names in lower case, also when credentials are renewed. Empty for transports without HTTP. */
  readonly headers: ReadonlyMap<string, string>;
}

/**
 * Checks credentials. What it returns becomes `context.peer.principal`; `authenticated(principal, { expiresAt })` says until when.
 *
 * Called when a client connects, also to go on with a session, and when it renews its credentials.
 *
 * @throws ConcordatError `unauthenticated` to close with 4401, `permission_denied` to close with 4403. Anything
 * else that it throws closes with 4500, and is logged.
 */
export type Authenticate = (request: ConnectionRequest) => unknown;

/** The refusal that a failed authentication becomes. Never throws, whatever was thrown. */
export function refusalOf(error: unknown): Refusal {
  try {
    const told = error instanceof ConcordatError ? toldRefusal(error) : undefined;
    if (told !== undefined) return told;
  } catch {
    // It throws when it is looked at.
  }
  return refusal("internal-error", { message: "The server could not check the credentials." });
}

function toldRefusal({ code, rawMessage }: ConcordatError): Refusal | undefined {
  // JavaScript lets a hook construct it from anything; only a real text may travel.
  const message = typeof rawMessage === "string" ? rawMessage : "Refused.";
  if (code === "unauthenticated") return refusal("unauthenticated", { message });
  return code === "permission_denied" ? refusal("forbidden", { message }) : undefined;
}
