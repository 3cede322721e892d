/** Who is connected, until when that is proved, and how it is proved anew. */
import type { Peer } from "@concordat/core";
import type { CloseName, ServerSession, Welcome } from "@concordat/core/internal";

import type { ConnectionRequest } from "./authenticate.ts";
import { type Proof, type ProofPolicy, prove } from "./proof.ts";

/** What an identity starts from. */
export interface IdentityOptions {
  readonly policy: ProofPolicy;
  /** What was known when the client connected; its credentials are replaced. */
  readonly request: ConnectionRequest;
  readonly peer: Peer;
  readonly proof: Proof;
  /** Whether the client can be asked for fresh credentials. */
  readonly isAskable: boolean;
  readonly now: () => number;
}

/** The session whose client it is. */
type Expiring = Pick<ServerSession, "validity" | "expiresAt" | "close">;

/** The identity of one client. Fresh credentials are checked one after the other, and make nobody somebody else. */
export class Identity {
  readonly #options: IdentityOptions;
  readonly #session: Expiring;
  #peer: Peer;
  #isChecking = false;
  /** What came meanwhile; only the latest counts. */
  #next: { readonly credentials: unknown } | undefined;

  constructor(options: IdentityOptions, session: Expiring) {
    this.#options = options;
    this.#session = session;
    this.#peer = options.peer;
    const { expiresAt } = options.proof;
    if (expiresAt < Infinity) session.validity.endAt(expiresAt);
  }

  /** For calls that come now. Those that run keep what they were made with. */
  get peer(): Peer {
    return this.#peer;
  }

  /** What the welcome says about the credentials, where they end. */
  get expiry(): Welcome["auth"] {
    const { expiresAt } = this.#session;
    if (expiresAt === Infinity) return undefined;
    return { expiresInMs: Math.max(1, Math.ceil(expiresAt - this.#options.now())) };
  }

  /** Fresh credentials came. */
  renew(credentials: unknown): void {
    if (this.#isChecking) this.#next = { credentials };
    else void this.#check(credentials);
  }

  /** They have to come within that time, or the connection closes with 4501. */
  reauthenticate(withinMs: number): void {
    const now = this.#options.now();
    if (withinMs <= 0) return this.#session.close("reauthenticate");
    this.#session.validity.endAt(Math.min(this.#session.validity.endsAt, now + withinMs));
    return this.#announce();
  }

  /** A client that does not know the frame is told nothing. */
  #announce(): void {
    const { isAskable, now } = this.#options;
    if (isAskable) this.#session.validity.announce(now());
  }

  async #check(credentials: unknown): Promise<void> {
    const { policy, request, now } = this.#options;
    this.#isChecking = true;
    const proved = await prove({ ...request, credentials }, policy, now);
    this.#isChecking = false;
    if ("proof" in proved) this.#judge(proved.proof);
    // What was proved before stands to its end, and the client asks again.
    else if (proved.refused.closeName === "internal-error") this.#announce();
    // Whoever registers a refusal takes its name from the registry.
    else this.#session.close(proved.refused.closeName as CloseName);
    const next = this.#next;
    this.#next = undefined;
    if (next !== undefined) this.renew(next.credentials);
  }

  #judge({ principal, expiresAt, caller }: Proof): void {
    const { policy, proof } = this.#options;
    if (caller !== undefined && caller === proof.caller) {
      this.#peer = { ...this.#peer, principal };
      this.#session.validity.endAt(expiresAt);
      return this.#announce();
    }
    const message =
      "Fresh credentials are another caller's, or nobody can tell; authenticated(principal, { identity }) says who it is.";
    policy.log({ level: "warn", event: "principal-changed", message });
    return this.#session.close("reauthenticate"); // as another caller it may connect anew
  }
}
