/** What a server needs to know of a contract: made by a generated server stub, or by the contract's source. */
import type { DerivedAdapter } from "../adapter/derived-adapter.ts";
import type { NotifyingContract } from "../contract/notification.ts";
import type { ReleaseDocument } from "./document.ts";

declare const handlers: unique symbol;

/**
 * A contract as a server implements it. `Handlers` is the type of its handlers, `Notifiers` that of the functions which
 * send its notifications: both those of the newest release.
 */
export interface ServerContract<
  Handlers,
  Notifiers = Readonly<Record<never, never>>,
> extends NotifyingContract<Notifiers> {
  /**
   * Every release of the contract, oldest first; the handlers implement the last one. A contract that was never
   * released has one document whose `release` is {@link workingTree}.
   */
  readonly history: readonly ReleaseDocument[];
  /** What was proved or derived between neighbouring releases when the stub was generated. Default: nothing. */
  readonly derived?: readonly DerivedAdapter[];
  /** Never there: it carries the type. */
  readonly [handlers]?: Handlers;
}

/** What stands for the release number of a contract that was never released. */
export const workingTree = "0.0.0";
