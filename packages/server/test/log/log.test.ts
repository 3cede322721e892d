/** What a server without a log of its own tells its operator. */
import { beforeEach, expect, test, vi } from "vitest";

import { guarded, standardLog } from "../../src/log/log.ts";
import { rejecting, throwables } from "../fixture/hostile.ts";

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

test("what steers a terminal, ends a line or turns what is read is written as its code", () => {
  const message = "\u009b2J\u2028\u202e\u{e0001}ü";
  standardLog({ level: "warn", event: "admission-failed", message });

  expect(written.mock.calls[0]?.[0]).toContain(String.raw`\u009b2J\u2028\u202e\udb40\udc01ü`);
  expect(lines()[0]?.["message"]).toBe(message);
});

test("what is only good to know is not written", () => {
  standardLog({ level: "info", event: "connection-ended" });

  expect(written).not.toHaveBeenCalled();
});

test("an error is written with its stack", () => {
  standardLog({ level: "error", event: "handler-failed", cause: new Error("disk full") });

  expect(lines()[0]?.["cause"]).toContain("Error: disk full\n    at ");
});

test.each(throwables)(
  "with %s as its cause an event is written, and nothing thrown",
  (_name, cause) => {
    standardLog({ level: "error", event: "handler-failed", cause });

    expect(lines()).toMatchObject([{ level: "error", event: "handler-failed" }]);
  },
);

test("what an async log rejects with is dropped", async () => {
  const log = guarded(rejecting);

  expect(() => log({ level: "error", event: "handler-failed" })).not.toThrow();
  await new Promise(setImmediate);
});

test("a text that was thrown is written", () => {
  standardLog({ level: "error", event: "handler-failed", cause: "no more tickets" });

  expect(lines()).toEqual([{ level: "error", event: "handler-failed", cause: "no more tickets" }]);
});
