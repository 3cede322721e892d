/** Where in a message something does not match: told on the way out. */
import { segmentOf } from "../schema/pointer.ts";
import { Mismatch } from "../schema/shape.ts";

/**
 * What went wrong in one part of a value, as seen from the value.
 *
 * @param at The name of the property, or the place in the array.
 * @param members The object that is written. One of its required properties may not be there at all.
 */
export function within(
  error: unknown,
  at: string | number,
  members?: Readonly<Record<string, unknown>>,
): unknown {
  if (!(error instanceof Mismatch)) return error;
  const segment = typeof at === "number" ? at : segmentOf(at);
  const isMissing = members !== undefined && error.path === "" && members[at] === undefined;
  return new Mismatch(`/${segment}${error.path}`, isMissing ? "is missing" : error.reason);
}
