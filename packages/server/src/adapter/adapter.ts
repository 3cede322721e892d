/** Adapters between neighbouring releases: how an older release's messages become the newer one's, and back. */
import type { Context, Metadata, Pointer } from "@concordat/core";

import type { Asked, Answered, Called, ErrorsOf, Given, ProcedureMessages } from "./messages.ts";
import type { MessageConversion } from "./message-conversion.ts";

type Messages = ProcedureMessages[string];

/** Calls a procedure of the newer release from within an adapter, with this caller's context. */
export type NewerCall<New extends ProcedureMessages> = <Name extends keyof New & string>(
  procedure: Name,
  request: Given<New[Name]>,
) => Called<New[Name]>;

/** How metadata is converted. A part that is left out passes it on as it is. */
export interface MetadataConversion {
  /** What came with the older call, as the newer handler expects it. */
  readonly request?: (older: Metadata) => Metadata;
  /** What the newer handler sends, before or behind its answer, as the older client expects it. */
  readonly response?: (newer: Metadata) => Metadata;
}

/** What a named error of the newer release is in the older one: one of its errors, with the payload that it has there. */
export type ErrorConversion<Payload, Older> = {
  readonly [Name in keyof Older & string]: {
    readonly name: Name;
    /** Default: the payload passes as it is, projected. */
    readonly payload?: MessageConversion<Payload, Older[Name]>;
  };
}[keyof Older & string];

/** How one procedure is converted. A part that is left out passes its values on as they are. */
export interface Conversion<Old extends Messages, New extends Messages> {
  /** The procedure's name in the newer release. Default: the same. */
  readonly renamedTo?: string;
  /** The older request, or each item of it, in the newer form. */
  readonly request?: MessageConversion<Old["request"], New["request"]>;
  /** The newer response, or each item of it, in the older form. What the older release does not declare is dropped. */
  readonly response?: MessageConversion<New["response"], Old["response"]>;
  /**
   * By the name of an error of the newer release, what it is in the older one; `"generic"` for an error without a
   * name there. Default: one of the same name if there is one, else generic.
   */
  readonly errors?: {
    readonly [Name in keyof ErrorsOf<New>]?:
      | "generic"
      | ErrorConversion<ErrorsOf<New>[Name], ErrorsOf<Old>>;
  };
  readonly metadata?: MetadataConversion;
  /**
   * What a request loses on its way to the newer release, as pointers into the older one. It says so to `concordat
   * verify`; nothing depends on it at run time. Default: nothing that steps do not say themselves.
   */
  readonly lost?: readonly Pointer[];
  /**
   * What a response loses on its way to the older release although that declares it in the same words, as pointers
   * into the newer one. It says so to `concordat verify`; nothing depends on it at run time. Default: nothing.
   */
  readonly withheld?: readonly Pointer[];
}

/** What stands beside an answer: nothing, because nothing would look at it. */
type Alone = { readonly [Part in keyof Conversion<Messages, Messages>]?: never };

/**
 * Answers a procedure that the newer release does not have any more, or has as another kind.
 *
 * It stands alone: its request, what it returns and what it throws are the older release's. What `call` fails with is
 * an error of the newer one: catch it, and throw one that the older release has.
 */
export interface Answer<Old extends Messages, New extends ProcedureMessages> extends Alone {
  /**
   * The procedures that `call` may be asked for; another one fails the call. Guards of these, and of no others, run
   * around the old one. Default: any, so that every guard of the contract runs around it.
   */
  readonly calls?: readonly (keyof New & string)[];
  readonly answer: (request: Asked<Old>, context: Context, call: NewerCall<New>) => Answered<Old>;
}

/**
 * What becomes of a procedure that changed.
 *
 * `"project"`: requests fit as they are, and responses once what the older release does not declare is dropped.
 * `"unimplemented"`: the call fails alone, for those who make it.
 *
 * A name that the newer release still has keeps its meaning here. Where it was given to something else, write the
 * adapter as a plain `Adapter`, and check its types by hand.
 */
export type ProcedureAdapter<Old extends Messages, New extends ProcedureMessages, Name> =
  | "unimplemented"
  | Answer<Old, New>
  | (Name extends keyof New
      ? | "project"
        | (Conversion<Old, New[Name]> & { readonly renamedTo?: Name; readonly answer?: never })
      : Renaming<Old, New>);

/** One member for each new name, so that the name which is written decides what the functions beside it take. */
type Renaming<Old extends Messages, New extends ProcedureMessages> = {
  [Name in keyof New & string]: Conversion<Old, New[Name]> & { readonly renamedTo: Name };
}[keyof New & string];

/** An adapter between two neighbouring releases. It mentions only procedures that changed. */
export interface Adapter<
  Old extends ProcedureMessages = ProcedureMessages,
  New extends ProcedureMessages = ProcedureMessages,
> {
  /** The older release. */
  readonly from: string;
  /** The release right after it. */
  readonly to: string;
  readonly procedures: {
    readonly [Name in keyof Old]?: ProcedureAdapter<Old[Name], New, Name>;
  };
}

/**
 * An adapter, checked against the messages of both releases.
 *
 * `Old` and `New` are the `Procedures` types that `concordat generate` writes for the two.
 */
export function defineAdapter<Old extends ProcedureMessages, New extends ProcedureMessages>(
  adapter: Adapter<Old, New>,
): Adapter {
  // The server runs every adapter on values that it has checked against `Old` and `New` itself.
  return adapter as unknown as Adapter;
}
