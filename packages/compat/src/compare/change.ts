/** What a comparison says: the object that every format prints. */
import type { AdapterStep } from "@concordat/core";
import type { RuleId } from "../rule/rules.ts";
import type { Verdict } from "../rule/rule.ts";

/** What of a procedure a change is in. An item is one message of a stream. */
export type Position = "request" | "response" | "item" | "error" | "procedure";

/**
 * Who talks to whom.
 *
 * `old-client-new-server` is the gate: it decides whether a release may be served to those who are out there.
 * `new-client-old-server` matters for a rollback, and for what a newer client may offer.
 */
export type Direction = "old-client-new-server" | "new-client-old-server";

/** One change, judged in one direction. */
export interface Change {
  readonly rule: RuleId;
  /** A pointer into the message; a star is any element or any other name. */
  readonly path: string;
  readonly position: Position;
  readonly direction: Direction;
  readonly procedure?: string;
  /** The name of the error, where the position is one. */
  readonly error?: string;
  readonly verdict: Verdict;
  /** One sentence: what changed, and whom it breaks. */
  readonly message: string;
  /** Where the verdict is breaking: a value that the sender may emit and the receiver refuses. */
  readonly witness?: unknown;
  /** Steps that turn what the sender means into what the receiver accepts: a draft to confirm. */
  readonly adapter?: readonly AdapterStep[];
}

/** The comparison of two schemas. */
export interface Comparison {
  readonly verdict: Verdict;
  /** Paths at which something that was meant is dropped. */
  readonly lossy: readonly string[];
  readonly changes: readonly Change[];
}

/** The comparison of two releases. */
export interface ReleaseComparison extends Comparison {
  /** The verdict for newer clients with an older server. */
  readonly rollback: Verdict;
}

const order: readonly Verdict[] = ["compatible", "lossy", "undecided", "breaking"];

/** The worst of several verdicts; `compatible` for none. */
export function worst(verdicts: Iterable<Verdict>): Verdict {
  let rank = 0;
  for (const verdict of verdicts) rank = Math.max(rank, order.indexOf(verdict));
  return order[rank] ?? "breaking";
}
