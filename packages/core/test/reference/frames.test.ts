/** The table of frames says of every frame what it means. */
import { expect, test } from "vitest";
import { frameRules } from "../../src/reference/frames.ts";
import { frameKinds } from "../../src/wire/frame-kind.ts";

test("every frame has one row, which names as many elements as the frame is read with", () => {
  expect(Object.keys(frameRules)).toEqual(Object.keys(frameKinds));
  for (const [kind, { body, elements }] of Object.entries(frameRules)) {
    expect([kind, body.length]).toEqual([kind, elements]);
  }
});

test("every meaning is made of sentences", () => {
  for (const { meaning } of Object.values(frameRules)) expect(meaning).toMatch(/^[A-Z].*\.$/);
});
