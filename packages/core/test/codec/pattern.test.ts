/** Patterns of a contract, and texts of a peer that they cannot look at. */
import { describe, expect, test } from "vitest";
import { Mismatch } from "../../src/schema/shape.ts";
import { shapeOf } from "../../src/schema/shape-of-schema.ts";
import type { Schema } from "../../src/schema/schema.ts";
import { WireError } from "../../src/wire/wire-error.ts";
import { read, runners, thrownBy, written } from "./codec-case.ts";

const text: Schema = { type: "string" };
/** For each character it keeps several places to come back to. */
const thirsty = "^(?:(a)(x)?(y)?(z)?(q)?(w)?|(b))*c$";

describe.each(runners)("%s", (_name, make) => {
  test.each<[string, Schema, (long: string) => unknown]>([
    ["a text", { type: "string", pattern: thirsty }, (long) => long],
    [
      "a name",
      { type: "object", patternProperties: { [thirsty]: text }, additionalProperties: false },
      (long) => ({ [long]: "" }),
    ],
  ])("%s that is more than its pattern can look at is refused", (_what, schema, valueOf) => {
    const value = valueOf("a".repeat(1_000_000));
    const admitting = { ...Object(schema), pattern: "", patternProperties: { "": text } } as const;
    const bytes = written({ schema: admitting, definitions: {}, value }, make);

    for (const act of [
      () => read({ schema, definitions: {} }, make, bytes),
      () => written({ schema, definitions: {}, value }, make),
      () => shapeOf(schema, {}).conform(value),
    ]) {
      const error = thrownBy(act);
      expect(error instanceof Mismatch || error instanceof WireError).toBe(true);
    }
  });
});
