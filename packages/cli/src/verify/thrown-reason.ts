/** What was thrown in a server, in its own words: its operator hears it, its caller is not told. */
import type { LogEvent } from "@concordat/server/portable";

/**
 * Why something failed, as the end of a sentence; `undefined` where the log does not say.
 *
 * @param who Who would have thrown it.
 */
export function thrownReason({ message, cause }: LogEvent, who: string): string | undefined {
  if (message !== undefined) return `${message}.`;
  if (cause === undefined) return undefined;
  try {
    if (cause instanceof Error) return `${who} threw ${cause.name}: ${cause.message}`;
  } catch {
    // It throws when it is looked at.
  }
  return `${who} threw something that is no error.`;
}
