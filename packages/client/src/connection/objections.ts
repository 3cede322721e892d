/** Why a client takes no calls, where it takes none. */
import { type ConcordatError, ServerOutdatedError } from "@concordat/core";
import type { Clock } from "@concordat/core/internal";
import type { ClientState } from "./client-state.ts";
import { clientClosed } from "./refused.ts";
import { ServerBehind } from "./server-behind.ts";

/** What objections depend on. */
export interface ObjectionsOptions {
  readonly clock: Clock;
  /** What becomes of calls while there is no connection. */
  readonly whenDisconnected: "wait" | "fail";
  /** How long calls wait while the server is older than this client. */
  readonly serverOutdatedAfterMs: number;
}

/** The objections of one client. */
export class Objections {
  readonly #fails: boolean;
  readonly #behind: ServerBehind;
  readonly #raise: (error: ConcordatError) => void;
  /** What stopped the client: nothing will change before the application says so. */
  refusal: ConcordatError | undefined;
  /** What calls fail with before the next attempt, where they do not wait for it. */
  #failure: ConcordatError | undefined;

  /** @param raise Told when calls wait no longer. */
  constructor(options: ObjectionsOptions, raise: (error: ConcordatError) => void) {
    this.#fails = options.whenDisconnected === "fail";
    this.#raise = raise;
    this.#behind = new ServerBehind(options.clock, options.serverOutdatedAfterMs, raise);
  }

  /** The objection to a new call. `isDue`: it need not wait for the next attempt. */
  to(state: ClientState, isDue: boolean): ConcordatError | undefined {
    if (state === "closed") return clientClosed();
    const failure = state === "waiting" && !isDue ? this.#failure : undefined;
    return this.refusal ?? this.#behind.error ?? failure;
  }

  /** There is no connection, for the reason that is asked for where calls fail then. */
  lost(reason: () => ConcordatError): void {
    if (!this.#fails) return;
    this.#failure = reason();
    this.#raise(this.#failure);
  }

  /** The end was a refusal after which the client tries again. Returns whether a person should hear of it. */
  note(error: ConcordatError | undefined): error is ServerOutdatedError {
    return error instanceof ServerOutdatedError && this.#behind.note(error);
  }

  /** The client was welcomed, or makes a fresh start, or ends. */
  forget(): void {
    this.refusal = this.#failure = undefined;
    this.#behind.forget();
  }
}
