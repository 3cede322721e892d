/** The status codes are gRPC's, and stay so. */
import { expect, test } from "vitest";
import {
  mayRetry,
  type StatusCode,
  statusCodeOf,
  statusNumbers,
} from "../../src/error/status-code.ts";

const names = Object.keys(statusNumbers) as StatusCode[]; // the table's own keys

test("the sixteen codes have the numbers that gRPC gives them", () => {
  const table = names.map((name) => [statusNumbers[name], name]);

  expect(table).toEqual([
    [1, "cancelled"],
    [2, "unknown"],
    [3, "invalid_argument"],
    [4, "deadline_exceeded"],
    [5, "not_found"],
    [6, "already_exists"],
    [7, "permission_denied"],
    [8, "resource_exhausted"],
    [9, "failed_precondition"],
    [10, "aborted"],
    [11, "out_of_range"],
    [12, "unimplemented"],
    [13, "internal"],
    [14, "unavailable"],
    [15, "data_loss"],
    [16, "unauthenticated"],
  ]);
});

test("a number leads back to its name, and one that nobody assigned to unknown", () => {
  for (const name of names) expect(statusCodeOf(statusNumbers[name])).toBe(name);
  for (const stranger of [0, 17, -1, 1.5, Number.NaN, 2 ** 53]) {
    expect(statusCodeOf(stranger)).toBe("unknown");
  }
});

test("only what a repeated call can mend is retried", () => {
  expect(names.filter(mayRetry)).toEqual(["resource_exhausted", "unavailable"]);
});
