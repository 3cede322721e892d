/** A call of the other side begins. */
import { ConcordatError } from "../error/concordat-error.ts";
import type { RequestFrame } from "../wire/frame.ts";
import { WireError } from "../wire/wire-error.ts";
import type { Link } from "./link.ts";
import type { LinkEar } from "./link-ear.ts";

/**
 * Takes a call, or turns it away where too many are open.
 *
 * @throws WireError where its id was used before.
 */
export function accept(link: Link, ear: LinkEar, frame: RequestFrame, now: number): void {
  if (ear.request === undefined) return ear.session(frame);
  if (frame.id <= link.lastId) throw new WireError(`the call id ${frame.id} was used before`);
  const { callsInFlight } = link.limits;
  const isFull = link.size >= callsInFlight;
  // A call of an unknown procedure is refused by the one who is asked; its kind does not matter.
  const kind = ear.kindOf?.(frame.procedure) ?? "unary";
  const deadline = frame.timeoutMs === 0 ? undefined : now + frame.timeoutMs;
  const call = link.answer(frame.id, kind, deadline);
  if (!isFull) return ear.request(call, frame, now);
  const message = `More than ${callsInFlight} calls are open on this connection.`;
  return call.fail(new ConcordatError("resource_exhausted", message, { notExecuted: true }));
}
