/** Adapters between neighbouring releases: how an older release's messages become the newer one's, and back. */
import type { Context } from "@concordat/core";

/** The messages of a release's procedures by name, as `concordat generate` writes them for each older release. */
export interface ProcedureMessages {
  readonly [procedure: string]: { readonly request: unknown; readonly response: unknown };
}

/** Calls a procedure of the newer release from within an adapter, with this caller's context. Unary only. */
export type NewerCall<New extends ProcedureMessages> = <Name extends keyof New & string>(
  procedure: Name,
  request: New[Name]["request"],
) => Promise<New[Name]["response"]>;

/** How one procedure is converted. A part that is left out passes its values on as they are. */
export interface Conversion<
  Old extends ProcedureMessages[string],
  New extends ProcedureMessages[string],
> {
  /** The procedure's name in the newer release. Default: the same. */
  readonly renamedTo?: string;
  /** The older request, or each item of it, in the newer form. */
  readonly request?: (older: Old["request"]) => New["request"];
  /** The newer response, or each item of it, in the older form. What the older release does not declare is dropped. */
  readonly response?: (newer: New["response"]) => Old["response"];
}

/** Answers a procedure that the newer release does not have any more, or has as another kind. Unary only. */
export interface Answer<Old extends ProcedureMessages[string], New extends ProcedureMessages> {
  readonly answer: (
    request: Old["request"],
    context: Context,
    call: NewerCall<New>,
  ) => Promise<Old["response"]> | Old["response"];
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
export type ProcedureAdapter<
  Old extends ProcedureMessages[string],
  New extends ProcedureMessages,
  Name,
> =
  | "unimplemented"
  | Answer<Old, New>
  | (Name extends keyof New
      ? "project" | (Conversion<Old, New[Name]> & { readonly renamedTo?: Name })
      : Renaming<Old, New>);

/** One member for each new name, so that the name which is written decides what the functions beside it take. */
type Renaming<Old extends ProcedureMessages[string], New extends ProcedureMessages> = {
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
