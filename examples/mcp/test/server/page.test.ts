/** Long lists, page by page. */
import { expect, test } from "vitest";

import { pageOf } from "../../src/server/page.ts";

test("following the cursors yields every item once, in order", () => {
  const all = Array.from({ length: 120 }, (_each, index) => index);

  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const page = pageOf(all, cursor);
    seen.push(...page.items);
    cursor = page.next.nextCursor;
  } while (cursor !== undefined);

  expect(seen).toEqual(all);
});

test("a list that has become shorter ends where it ends", () => {
  const { nextCursor } = pageOf(Array.from({ length: 60 }), undefined).next;

  expect(pageOf([1, 2], nextCursor)).toEqual({ items: [], next: {} });
});

test.each(["", "nonsense", "ZnJvbSAtMQ", "ZnJvbSA1MA==", "ZnJvbSAxZTk"])(
  "the cursor %j was never made here, and is refused",
  (cursor) => {
    expect(() => pageOf([1], cursor)).toThrow("[invalid_argument] Invalid cursor.");
  },
);
