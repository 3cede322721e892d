/** The messages of a release as types: what `concordat generate` writes, and what an adapter makes of each kind. */
import type { Items, ProcedureKind } from "@concordat/core";

/** The messages of a release's procedures by name, as `concordat generate` writes them for each older release. */
export interface ProcedureMessages {
  readonly [procedure: string]: {
    /** Default `unary`. */
    readonly kind?: ProcedureKind;
    readonly request: unknown;
    readonly response: unknown;
    /** Payloads by the name of the error. Default: none. */
    readonly errors?: { readonly [error: string]: unknown };
  };
}

type Messages = ProcedureMessages[string];
type KindOf<M extends Messages> = M extends { readonly kind: infer Kind } ? Kind : "unary";

/** The payloads of a procedure's named errors. */
export type ErrorsOf<M extends Messages> = M extends { readonly errors?: infer Errors }
  ? unknown extends Errors
    ? object
    : NonNullable<Errors>
  : object;

/** What a caller sent, as who answers it reads it. */
export type Asked<M extends Messages> =
  KindOf<M> extends "clientStream" | "bidiStream" ? AsyncIterable<M["request"]> : M["request"];

/** What may be returned to a caller. */
export type Answered<M extends Messages> =
  KindOf<M> extends "serverStream" | "bidiStream"
    ? Items<M["response"]>
    : KindOf<M> extends "clientNotification"
      ? Promise<void> | void
      : Promise<M["response"]> | M["response"];

/** What a procedure is called with. */
export type Given<M extends Messages> =
  KindOf<M> extends "clientStream" | "bidiStream" ? Items<M["request"]> : M["request"];

/** What a call of a procedure gives. */
export type Called<M extends Messages> =
  KindOf<M> extends "serverStream" | "bidiStream"
    ? AsyncIterable<M["response"]>
    : KindOf<M> extends "clientNotification"
      ? Promise<void>
      : Promise<M["response"]>;
