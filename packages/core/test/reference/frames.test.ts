/** The table of frames says of every frame what it means. */
import { expect, test } from "vitest";
import { frameRules } from "../../src/reference/frames.ts";
import { frameKinds } from "../../src/wire/frame-kind.ts";

test("every frame has one row", () => {
  expect(Object.keys(frameRules)).toEqual(Object.keys(frameKinds));
});

test("every meaning is made of sentences", () => {
  for (const { meaning } of Object.values(frameRules)) expect(meaning).toMatch(/^[A-Z].*\.$/);
});
