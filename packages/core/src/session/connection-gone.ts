/** The end of calls that nobody waits for any more. */
import { ConcordatError } from "../error/concordat-error.ts";

/** What calls end with when their connection is gone for good. */
export function connectionGone(): ConcordatError {
  const message = "The connection is gone; nobody will read the answer.";
  return new ConcordatError("cancelled", message, { origin: "network" });
}
