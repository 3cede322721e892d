/** The names of payload encodings are on the wire. */
import { expect, test } from "vitest";
import { encodings } from "../../src/wire/encoding.ts";

test("MessagePack is spoken, and is called msgpack", () => {
  expect(encodings).toContain("msgpack");
  expect(new Set(encodings).size).toBe(encodings.length);
});
