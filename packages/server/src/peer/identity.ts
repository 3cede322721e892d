/** Who is connected, until when that is proved, and how it is proved anew. */
import type { Peer } from "@concordat/core";
import {
  type Clock,
  type CloseName,
  present,
  type ServerSession,
  type Welcome,
} from "@concordat/core/internal";

import type { ConnectionRequest } from "./authenticate.ts";
import { renewedPeer } from "./renewed-peer.ts";
import { type Proof, type ProofPolicy, prove } from "./proof.ts";

/** What is known of a connection before anything is said on it. */
export type Arrival = Omit<ConnectionRequest, "credentials" | "client">;

/** What an identity starts from. */
export interface IdentityOptions {
  readonly policy: ProofPolicy;
  /** What was known when the client connected. */
  readonly arrival: Arrival;
  readonly peer: Peer;
  readonly proof: Proof;
  /** Whether the client can be asked for fresh credentials. */
  readonly isAskable: boolean;
  readonly clock: Clock;
}

/** The session whose client it is. */
type Expiring = Pick<ServerSession, "validity" | "expiresAt" | "close">;

/** The identity of one client. Fresh credentials are checked one after the other, and make nobody somebody else. */
export class Identity {
  readonly #policy: ProofPolicy;
  readonly #clock: Clock;
  readonly #arrival: Arrival;
  readonly #proof: Proof;
  readonly #isAskable: boolean;
  readonly #session: Expiring;
  #peer: Peer;
  #isChecking = false;
  /** Whether somebody doubted meanwhile what is being checked. */
  #isDoubted = false;
  /** What came meanwhile; only the latest counts. */
  #next: { readonly credentials: unknown } | undefined;

  constructor(
    { policy, arrival, peer, proof, isAskable, clock }: IdentityOptions,
    session: Expiring,
  ) {
    this.#policy = policy;
    this.#clock = clock;
    this.#arrival = arrival;
    this.#proof = proof;
    this.#isAskable = isAskable;
    this.#session = session;
    this.#peer = peer;
    const { expiresAt } = proof;
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
    return { expiresInMs: Math.max(1, Math.ceil(expiresAt - this.#clock.now())) };
  }

  /** Fresh credentials came. */
  renew(credentials: unknown): void {
    if (this.#isChecking) this.#next = { credentials };
    else void this.#check(credentials);
  }

  /** They have to come within that time, or the connection closes with 4501. */
  reauthenticate(withinMs: number): void {
    if (withinMs <= 0) return this.#session.close("reauthenticate");
    this.#isDoubted = this.#isChecking;
    const { expiresAt, validity } = this.#session;
    validity.endAt(Math.min(expiresAt, this.#clock.now() + withinMs));
    return this.#announce();
  }

  /** A client that does not know the frame is told nothing. */
  #announce(): void {
    if (this.#isAskable) this.#session.validity.announce(this.#clock.now());
  }

  async #check(credentials: unknown): Promise<void> {
    this.#isChecking = true;
    this.#isDoubted = false;
    const { name, version } = this.#peer;
    const request = { ...this.#arrival, credentials, client: present({ name, version }) };
    const proved = await prove(request, this.#policy, this.#clock);
    this.#isChecking = false;
    // It may have been proved by what was true before: the same is asked once more.
    if ("proof" in proved && this.#isDoubted) this.#next ??= { credentials };
    else if ("proof" in proved) this.#judge(proved.proof);
    // What was proved before stands to its end, and the client asks again.
    else if (proved.refused.closeName === "internal-error") this.#announce();
    // Whoever registers a refusal takes its name from the registry.
    else this.#session.close(proved.refused.closeName as CloseName);
    const next = this.#next;
    this.#next = undefined;
    if (next !== undefined) this.renew(next.credentials);
  }

  #judge({ principal, expiresAt, caller }: Proof): void {
    if (caller !== undefined && caller === this.#proof.caller) {
      this.#peer = renewedPeer(this.#peer, principal);
      this.#session.validity.endAt(expiresAt);
      return this.#announce();
    }
    const message =
      "Fresh credentials are another caller's, or nobody can tell; authenticated(principal, { identity }) says who it is.";
    this.#policy.log({ level: "warn", event: "principal-changed", message });
    return this.#session.close("reauthenticate"); // as another caller it may connect anew
  }
}
