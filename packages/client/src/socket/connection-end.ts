/** How a connection, or an attempt to make one, ended: all that deciding what to do next may look at. */
import type { ConcordatError, Notice } from "@concordat/core";
import type { SessionEnd } from "@concordat/core/internal";

/** The end of a connection. */
export interface ConnectionEnd extends SessionEnd {
  /** How long the server asked to be left alone, where HTTP said so. */
  readonly retryAfterMs?: number;
  /** What made dialling again pointless on this side: an address that is none, or credentials that are missing. */
  readonly fatal?: ConcordatError;
  /** The last notice that had come on it. */
  readonly notice?: Notice | undefined;
  /** What was thrown on this side, for the errors of the calls. */
  readonly cause?: unknown;
}

/** The end of an attempt whose socket never opened. */
export function neverOpened(
  facts: Partial<Omit<ConnectionEnd, "wasOpen" | "survivor">>,
): ConnectionEnd {
  return {
    code: 1006,
    reason: "",
    refusal: undefined,
    fault: undefined,
    survivor: undefined,
    ...facts,
    wasOpen: false,
  };
}
