/** The registry of close codes holds to its own rules. */
import { expect, test } from "vitest";
import { closeCodes, type CloseRule } from "../../src/reference/close-codes.ts";
import { closeCode } from "../../src/wire/close-code.ts";
import { formatReason } from "../../src/wire/close-reason.ts";

const rows: readonly (readonly [number, CloseRule])[] = Object.entries(closeCodes).map(
  ([code, rule]) => [Number(code), rule],
);

test("every code has one row and one name, which leads back to it", () => {
  expect(new Set(rows.map(([code]) => code))).toEqual(new Set(Object.values(closeCode)));
  expect(new Set(rows.map(([, { name }]) => name)).size).toBe(rows.length);
  for (const [code, { name }] of rows) expect(closeCode[name]).toBe(code);
});

test("the hundreds digit is the action", () => {
  const stops = new Set(["stop", "credentials"]);
  for (const [code, { action, sender }] of rows) {
    const hundreds = Math.floor(code / 100);
    expect([44, 45, 48]).toContain(hundreds);
    expect([code, sender]).toEqual([code, hundreds === 48 ? "client" : "server"]);
    // The client stops by its own decision, too; that is no range which others have to read.
    expect([code, stops.has(action)]).toEqual([code, hundreds === 44 || code === 4802]);
  }
});

test("a page may send what the client sends, and nothing below 4400 is taken from applications", () => {
  for (const [code] of rows) {
    expect(code).toBeGreaterThanOrEqual(4400);
    expect(code).toBeLessThan(5000);
  }
});

test("every name alone is a reason that a program reads", () => {
  for (const [, { name }] of rows) expect(formatReason(name)).toBe(name);
});

test("every meaning is a sentence", () => {
  for (const [, { meaning }] of rows) expect(meaning).toMatch(/^[A-Z].*[a-z]\S*\.$/);
});
