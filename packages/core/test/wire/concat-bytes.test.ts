/** Joining byte arrays. */
import { expect, test } from "vitest";
import { concatBytes } from "../../src/wire/concat-bytes.ts";

test("the bytes of all parts follow each other", () => {
  expect(concatBytes([Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(3)])).toEqual(
    Uint8Array.of(1, 2, 3),
  );
  expect(concatBytes([])).toEqual(Uint8Array.of());
});

test("one part is not copied", () => {
  const part = Uint8Array.of(1);

  expect(concatBytes([part])).toBe(part);
});
