/** Credentials on their own are any JSON, of no more bytes than a hello may have. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { credentialsFromText, credentialsToText } from "../../src/handshake/credentials.ts";
import { WireError } from "../../src/wire/wire-error.ts";
import { thrownClass } from "../thrown.ts";

test("any credentials come back, and none come back as null", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (credentials) => {
      const read = credentialsFromText(credentialsToText(credentials), 1_000_000);

      expect(read).toEqual(JSON.parse(JSON.stringify(credentials)));
    }),
  );
  expect(credentialsFromText(credentialsToText(undefined), 4)).toBeNull();
});

test.each([
  ["letters", `"${"a".repeat(8)}"`],
  ["letters of several bytes", '"éééé"'],
  ["characters of two units", '"😀😀"'],
])(
  "%s are counted in bytes: as many as may be are read, and one more is refused",
  (_what, text) => {
    expect(credentialsFromText(text, 10)).toBe(JSON.parse(text));
    expect(() => credentialsFromText(text, 9)).toThrow("credentials take more than 9 bytes");
  },
);

test.each(["", "{", "undefined", "'a'"])("%j is refused: it is no JSON", (text) => {
  expect(thrownClass(() => credentialsFromText(text, 100))).toBe(WireError);
});
