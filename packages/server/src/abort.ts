/** What is thrown because a call has ended. */
import type { ConcordatError } from "@concordat/core";

/** Whether something was thrown only because the call had ended: the reason that its signal aborted with. */
export function isAbort(thrown: unknown, reason: ConcordatError): boolean {
  try {
    return thrown === reason || (thrown instanceof Error && thrown.cause === reason);
  } catch {
    return false;
  }
}
