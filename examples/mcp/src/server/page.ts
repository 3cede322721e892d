/** Long lists in pages, with a cursor that says where the next one begins. */
import { ConcordatError } from "@concordat/server";

const pageLength = 50;

/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  /** What to send for the page after it; absent on the last one. */
  readonly next: { readonly nextCursor?: string };
}

/**
 * The page that a cursor asks for; the first one without a cursor.
 *
 * @throws ConcordatError `invalid_argument` for a cursor that this server never made.
 */
export function pageOf<Item>(all: readonly Item[], cursor: string | undefined): Page<Item> {
  const start = cursor === undefined ? 0 : startOf(cursor, all.length);
  const end = start + pageLength;
  return {
    items: all.slice(start, end),
    next: end < all.length ? { nextCursor: cursorAt(end) } : {},
  };
}

function cursorAt(start: number): string {
  return Buffer.from(`from ${start}`).toString("base64url");
}

function startOf(cursor: string, length: number): number {
  const [, digits] = /^from (\d{1,9})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  const start = Number(digits);
  // A list may have become shorter since: its last page is empty then, and no error.
  if (digits !== undefined && cursorAt(start) === cursor) return Math.min(start, length);
  throw new ConcordatError("invalid_argument", "Invalid cursor.");
}
