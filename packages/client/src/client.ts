/** What an application holds: its contracts as typed functions, and the life of the connection. */
import type { ClientContract } from "@concordat/core/internal";
import type { ClientEvents } from "./connection/client-events.ts";
import type { ClientState } from "./connection/client-state.ts";
import type { ContractMap } from "./client-options.ts";
import type { ProcedureName } from "./procedure-name.ts";

/** What every client can do, whatever its contracts. */
export interface ClientLife {
  /** Where the client stands. */
  readonly state: ClientState;
  /** The negotiated release of each contract by its name; empty while not `ready`. */
  readonly releases: ReadonlyMap<string, string>;
  /**
   * Connects now, instead of at the first call. Settles when the server has welcomed this client.
   *
   * Also the way out of `refused` and `closed`: what stopped the client is forgotten.
   *
   * @throws ConcordatError (the promise rejects) with what every call then fails with.
   */
  connect(): Promise<void>;
  /**
   * Says that `credentials` gives something else from now on: somebody signed in, or a token was replaced.
   *
   * An open connection gets them at once, and its streams and calls go on. As somebody else `close()` and `connect()` instead: calls that may
   * be made again, and those that wait, would be made as the new one. A client that was stopped because it had
   * none that are valid dials again. Otherwise the next attempt brings them.
   */
  credentialsChanged(): void;
  /** Closes the connection. Open and waiting calls fail with `cancelled`, and so do later ones until `connect()`. */
  close(): Promise<void>;
  /** Listens to an event. The returned function stops that; twice is harmless. */
  on<Name extends keyof ClientEvents>(
    name: Name,
    listener: (event: ClientEvents[Name]) => void,
  ): () => void;
}

/** A client of some contracts. */
export type Client<Contracts extends ContractMap> = ClientLife & {
  readonly [Key in keyof Contracts]: WithSupport<FaceOf<Contracts[Key]>>;
};

/** What can be asked of a contract beside its procedures. */
export interface Support<Face> {
  /**
   * Whether a procedure can be called: in the negotiated release, or before that in the newest that this client
   * offers. Where it is false, calls fail at once with `unimplemented`.
   */
  readonly supports: (procedure: ProcedureName<Face>) => boolean;
}

/** The functions of a contract, and `supports` unless one of them is called so. */
export type WithSupport<Face> = Face extends { readonly supports: unknown }
  ? Face
  : Face & Support<Face>;

/** The functions of one contract. */
export type FaceOf<Contract> = Contract extends ClientContract<infer Face> ? Face : never;

/** Keys that a contract cannot have on a client; `then` because a client would be taken for a promise. */
export const reservedKeys = [
  "state",
  "releases",
  "connect",
  "credentialsChanged",
  "close",
  "on",
  "then",
] as const;

/** One of them. */
export type ReservedKey = (typeof reservedKeys)[number];
