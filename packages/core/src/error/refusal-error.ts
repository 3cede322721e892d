/** The named errors of a refused connection: who must move, from what, to what, and where. */
import type { Deprecation } from "./deprecation.ts";
import { ConcordatError } from "./concordat-error.ts";
import type { StatusCode } from "./status-code.ts";

/** Which side has to be replaced before the two can talk. */
export type Mover = "client" | "server";

/** What a server still speaks of one contract, as it told the client. */
export interface SupportedRange {
  /** The oldest release that is still served. */
  readonly floor?: string;
  /** The newest release that this server implements. */
  readonly newest?: string;
  /** Every release that is served, oldest first. */
  readonly releases?: readonly string[];
}

/** Everything that is known about a refusal. How much that is depends on what arrived; the code always did. */
export interface RefusalFacts {
  /** The registered close code, e.g. 4426. */
  readonly closeCode: number;
  /** The registry's name of that code, e.g. `client-too-old`. */
  readonly closeName: string;
  /** One sentence for a person: what happened and what to do. */
  readonly message: string;
  /** The contract that could not be agreed on; absent where the refusal is not about one. */
  readonly contract?: string;
  /** The releases that this client offered, newest first. */
  readonly offered?: readonly string[];
  /** What the server still speaks of that contract. */
  readonly supported?: SupportedRange;
  /** Which side has to be replaced; absent where the refusal is about neither's release. */
  readonly mustMove?: Mover;
  /** Where the user finds a client that is served. */
  readonly upgradeUrl?: string;
  /** How long to wait before dialling again, in milliseconds. */
  readonly retryAfterMs?: number;
  /** What the operator says about the release or the contract that is not served any more. */
  readonly notice?: Deprecation;
}

/**
 * The server refused this connection.
 *
 * Caught as it is only for refusals that are about neither side's release (credentials, policy,
 * an unknown contract); see the two subclasses for the others.
 */
export class RefusedError extends ConcordatError {
  override name = "RefusedError";
  /** The registered close code, e.g. 4426. */
  readonly closeCode: number;
  /** The registry's name of that code, e.g. `client-too-old`. */
  readonly closeName: string;
  /** The contract that could not be agreed on; `undefined` where the refusal is not about one. */
  readonly contract: string | undefined;
  /** The releases that this client offered, newest first; empty where nobody knows. */
  readonly offered: readonly string[];
  /** This program's own release: the newest that it offered. */
  readonly release: string | undefined;
  /** What the server still speaks of that contract; empty where that is nothing, or only the close code arrived. */
  readonly supported: SupportedRange;
  /** Which side has to be replaced; `undefined` where the refusal is about neither's release. */
  readonly mustMove: Mover | undefined;
  /** Where the user finds a client that is served, if the server said so. */
  readonly upgradeUrl: string | undefined;
  /** Why the release or the contract is not served any more, where the operator said so. */
  readonly notice: Deprecation | undefined;

  constructor(code: StatusCode, facts: RefusalFacts) {
    super(code, facts.message, { origin: "remote", retryAfterMs: facts.retryAfterMs });
    this.closeCode = facts.closeCode;
    this.closeName = facts.closeName;
    this.contract = facts.contract;
    this.offered = facts.offered ?? [];
    this.release = this.offered[0];
    this.supported = facts.supported ?? {};
    this.mustMove = facts.mustMove;
    this.upgradeUrl = facts.upgradeUrl;
    this.notice = facts.notice;
  }
}

/**
 * Nothing that this client speaks is served: by its release (4426), its contract (4410) or its wire revision (4427).
 *
 * Terminal. Every pending and later call fails with this same error, and no socket is opened again
 * until the application calls `connect()`.
 */
export class UpgradeRequiredError extends RefusedError {
  override name = "UpgradeRequiredError";

  constructor(facts: RefusalFacts) {
    super("failed_precondition", facts);
  }
}

/**
 * The server is older than everything that this client offers, as happens in a rolling deploy.
 *
 * Not terminal: the client goes on trying. Calls wait, and fail with this error once the server has been older for the
 * client's `serverOutdatedAfterMs`; where its `whenDisconnected` is `fail`, those that wait fail with it at once.
 */
export class ServerOutdatedError extends RefusedError {
  override name = "ServerOutdatedError";

  constructor(facts: RefusalFacts) {
    super("unavailable", facts);
  }
}
