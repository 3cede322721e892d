/** What was asked for lately is kept, and no more than may be. */
import { expect, test } from "vitest";

import { Recent } from "../../src/connection/recent.ts";

test("the same key gives the same object, until as many others as may be kept were asked for since", () => {
  const recent = new Recent<string, object>(2);
  const first = recent.get("a", () => ({}));
  recent.get("b", () => ({}));
  expect(recent.get("a", () => ({}))).toBe(first);
  recent.get("c", () => ({})); // "b" was asked for before "a"
  expect(recent.get("a", () => ({}))).toBe(first);
  recent.get("b", () => ({}));
  recent.get("c", () => ({}));

  expect(recent.get("a", () => ({}))).not.toBe(first);
});
