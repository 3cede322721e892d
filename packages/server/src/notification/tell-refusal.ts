/** What was thrown on the way of a notification, of which nobody is told. */
import type { ConcordatError } from "@concordat/core";

import { type Addressee, callerError } from "../call/caller-error.ts";

/**
 * Has the log hear what the caller of a call would have heard, beside what `callerError` tells it anyway. Never throws.
 *
 * @returns what a caller would have heard.
 */
export function tellRefusal(thrown: unknown, to: Addressee): ConcordatError {
  const { error, isMasked } = callerError(thrown, to);
  if (isMasked) return error;
  const { plan, dialect, log } = to;
  const { name: procedure } = plan;
  const { release } = dialect;
  const message = `${error.code}: ${error.rawMessage}`;
  log({ level: "info", event: "notification-refused", procedure, release, message });
  return error;
}
