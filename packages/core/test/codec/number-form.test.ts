/** Lengths, indices and bits: the numbers that a message by position has beside its values. */
import { describe, expect, test } from "vitest";
import type { Schema } from "../../src/schema/schema.ts";
import { fromHex } from "../hex.ts";
import { read, runners, thrownBy } from "./codec-case.ts";

/** The number in the place of `#`. */
const places: readonly (readonly [what: string, schema: Schema, bytes: string, value: unknown])[] =
  [
    ["a length", { type: "string" }, "92a161#", "a"],
    ["an index", { enum: ["a", "b"] }, "#", "b"],
    ["bits", { type: "object", properties: { a: { type: "integer" } } }, "92#05", { a: 5 }],
    ["an alternative's index", { anyOf: [{ type: "boolean" }, { type: "integer" }] }, "92#05", 5],
  ];

describe.each(runners)("%s", (_name, make) => {
  describe.each(places)("read %s", (_what, schema, bytes, value) => {
    const message = (one: string): Uint8Array => fromHex(bytes.replace("#", one));

    test.each(["01", "cc01", "cd0001", "ce00000001"])("in the unsigned form %s", (one) => {
      expect(read({ schema, definitions: {} }, make, message(one))).toEqual(value);
    });

    test.each([
      "cf0000000000000001",
      "d001",
      "d10001",
      "d200000001",
      "d30000000000000001",
      "ca3f800000",
      "cb3ff0000000000000",
      "a131",
      "c3",
      "c0",
    ])("and not in the form %s", (one) => {
      expect(thrownBy(() => read({ schema, definitions: {} }, make, message(one)))).toBeDefined();
    });
  });

  test("refuse a bit that stands for no property", () => {
    const schema: Schema = { type: "object", properties: { a: { type: "integer" } } };

    for (const bytes of ["9102", "920305"])
      expect(thrownBy(() => read({ schema, definitions: {} }, make, fromHex(bytes)))).toMatchObject(
        { reason: expect.stringContaining("not declared") },
      );
  });
});
