/** The table of status codes says of every code what it means. */
import { expect, test } from "vitest";
import { mayRetry, type StatusCode, statusNumbers } from "../../src/error/status-code.ts";
import { statusCodes } from "../../src/reference/status-codes.ts";

test("every code has one row, with the number and the advice that the code runs on", () => {
  expect(Object.keys(statusCodes)).toEqual(Object.keys(statusNumbers));
  for (const [name, { number, retry, meaning }] of Object.entries(statusCodes)) {
    const code = name as StatusCode; // the table's own keys
    expect([code, number, retry]).toEqual([code, statusNumbers[code], mayRetry(code)]);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  }
});
