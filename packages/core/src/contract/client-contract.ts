/** What a client needs to know of a contract: made by a generated client stub, or by the contract's source. */
import type { MessageReader, MessageWriter } from "../codec/message-codec.ts";
import type { FailingContract } from "./named-error.ts";
import type { ProcedureKind } from "./procedure-kind.ts";

/** One release that a client can speak. */
export interface Offer {
  /** `major.minor.patch`, or absent for a working tree that was never released. */
  readonly release?: string;
  /** The whole contract's fingerprint in that release. */
  readonly fingerprint: string;
}

/** An offer with what the client can do when the server picks it. */
export interface ClientOffer extends Offer {
  /**
   * Names of this client's procedures that the release does not have, or has in a form that this client cannot
   * speak, each with the release that a server needs for it. Calling one fails at once with `unimplemented`.
   * Default: none.
   */
  readonly lacks?: { readonly [procedure: string]: string };
  /** The procedures that the release has in another form, in that form. Default: none. */
  readonly forms?: { readonly [procedure: string]: ProcedureForm };
}

/** What a procedure is in one release, beside its name and kind. */
export interface ProcedureForm {
  /** Whether it may be repeated when nobody knows whether it was executed. Default false. */
  readonly idempotent?: boolean;
  readonly request: MessageWriter;
  readonly response: MessageReader;
  /** The payloads of the contract's named errors. Default: none. */
  readonly errors?: { readonly [name: string]: MessageReader };
}

/** One procedure, as a client runs it: in the form of the newest release that it offers. */
export interface ClientProcedure extends ProcedureForm {
  /** `place`, `tools/list`. */
  readonly name: string;
  readonly kind: ProcedureKind;
  /** What the client makes of the kind, as the entry of stubs gives it. Default: only the client that knows all kinds can. */
  readonly as?: unknown;
}

declare const face: unique symbol;

/** A contract as a client uses it. `Face` is the type of `client.<contract>`, `Errors` that of its errors' payloads. */
export interface ClientContract<Face, Errors = unknown> extends FailingContract<Errors> {
  /** Newest first; never empty. */
  readonly offers: readonly ClientOffer[];
  readonly procedures: readonly ClientProcedure[];
  /** Never there: it carries the type. */
  readonly [face]?: Face;
}
