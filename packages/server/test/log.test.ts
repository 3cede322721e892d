/** What a server without a log of its own tells its operator. */
import { beforeEach, expect, test, vi } from "vitest";

import { guarded, standardLog } from "../src/log.ts";
import { throwables } from "./fixture/hostile.ts";

const written = vi.spyOn(console, "error").mockReturnValue(undefined);

beforeEach(() => written.mockClear());

const lines = (): Record<string, unknown>[] =>
  // Each call writes one line, and a line that is no JSON fails the test.
  written.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);

test("warnings and errors are one line of JSON each, and what a peer sent cannot forge another", () => {
  standardLog({
    level: "warn",
    event: "admission-failed",
    message: 'a"\n{"level":"error"}\u001b[2J',
  });

  const [line] = written.mock.calls[0] ?? [];
  expect(Array.from(String(line)).filter((character) => character < " ")).toEqual([]);
  expect(lines()).toEqual([
    { level: "warn", event: "admission-failed", message: 'a"\n{"level":"error"}\u001b[2J' },
  ]);
});

test("what is only good to know is not written", () => {
  standardLog({ level: "info", event: "connection-ended" });

  expect(written).not.toHaveBeenCalled();
});

test("an error is written with its stack", () => {
  standardLog({ level: "error", event: "handler-failed", cause: new Error("disk full") });

  expect(lines()[0]?.["cause"]).toContain("Error: disk full\n    at ");
});

test.each(throwables)("%s as a cause is written or left out, and never thrown", (_name, cause) => {
  const log = guarded(standardLog);

  expect(() => log({ level: "error", event: "handler-failed", cause })).not.toThrow();
});

test("a text that was thrown is written", () => {
  standardLog({ level: "error", event: "handler-failed", cause: "no more tickets" });

  expect(lines()).toEqual([{ level: "error", event: "handler-failed", cause: "no more tickets" }]);
});
