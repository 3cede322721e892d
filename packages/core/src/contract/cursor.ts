/** Cursors: where a stream goes on after its session is gone. */
import { utf8Length } from "../wire/utf8.ts";

/** The most bytes that a cursor may take. */
export const maxCursorBytes = 1_024;

/** The key under which a cursor travels back with the request that goes on from it. */
export const cursorKey = "concordat-cursor";

const brand = Symbol.for("concordat.cursor");

/** An item with the place behind it. */
export interface Cursored {
  readonly item: unknown;
  readonly cursor: string;
}

/**
 * Gives an item of a server stream a cursor: text that says where the stream goes on behind this item.
 *
 * For `yield` alone, at once: what is returned is no item any more. When the stream's session is gone for good, the
 * client makes the call again, and the handler finds the cursor of the last item that arrived in `context.cursor`: it
 * goes on behind it. Items behind the last cursor may come twice, so give one to each. At most 1,024 bytes of UTF-8.
 *
 * @throws TypeError for a cursor that is no text, or is longer.
 */
export function withCursor<T>(item: T, cursor: string): T {
  if (typeof cursor !== "string" || utf8Length(cursor) > maxCursorBytes) {
    throw new TypeError(`A cursor is text of at most ${maxCursorBytes} bytes.`);
  }
  // The type is what lets a handler yield it; whoever sends the stream takes it apart again.
  return { [brand]: true, item, cursor } as unknown as T;
}

/** Whether a handler's item has a cursor, also from another copy of the package. */
export function isCursored(value: unknown): value is Cursored {
  return typeof value === "object" && value !== null && Object.hasOwn(value, brand);
}
