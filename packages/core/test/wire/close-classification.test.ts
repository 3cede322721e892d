/** Any code that can arrive means something, and an old client acts on codes that it has never heard of. */
import { describe, expect, test } from "vitest";
import { classifyClose, isSurvivable, isTerminal } from "../../src/wire/close-classification.ts";
import { closeActions, closeCode } from "../../src/wire/close-code.ts";

const every = Array.from({ length: 65_536 }, (_, code) => code);
const registered: ReadonlySet<number> = new Set(Object.values(closeCode));

test("every 16-bit code has an action and a name", () => {
  const unclear = every.filter((code) => {
    const { action, name, code: same } = classifyClose(code);
    return same !== code || action.length === 0 || name.length === 0;
  });

  expect(unclear).toEqual([]);
});

test("a registered code has its own name, and its own action where it has one", () => {
  for (const [name, code] of Object.entries(closeCode)) {
    const action = closeActions[code] ?? (code < 4500 ? "stop" : "backoff");

    expect(classifyClose(code)).toEqual({ code, registered: code, name, action });
  }
});

test("the hundreds digit decides about every code that nobody registered", () => {
  const strangers = every.filter((code) => code >= 4000 && !registered.has(code));
  const stopped = strangers.filter((code) => classifyClose(code).action === "stop");
  const retried = strangers.filter((code) => classifyClose(code).action === "backoff");

  expect(new Set(stopped.map((code) => Math.floor(code / 100)))).toEqual(new Set([44, 46]));
  expect(retried.filter((code) => /^4[46]..$/.test(String(code)))).toEqual([]);
  expect(stopped.length + retried.length).toBe(strangers.length);
  expect(strangers.filter(isTerminal)).toEqual(stopped);
});

test("below 4000 the only codes that stop are those that stand for missing or refused credentials", () => {
  expect(every.filter((code) => code < 4000 && isTerminal(code))).toEqual([3000, 3003]);
});

describe("codes of others stand for rows of ours", () => {
  test.each([
    [1002, "protocol-violation", "strikes"],
    [1003, "protocol-violation", "strikes"],
    [1007, "protocol-violation", "strikes"],
    [1008, "protocol-violation", "strikes"],
    [1009, "message-too-large", "backoff"],
    [1010, "protocol-violation", "strikes"],
    [1012, "draining", "spread"],
    [1013, "too-many-requests", "hint"],
    [3000, "unauthenticated", "credentials"],
    [3003, "forbidden", "stop"],
    [3008, "handshake-timeout", "backoff"],
  ])("%i counts as %s", (code, name, action) => {
    expect(classifyClose(code)).toMatchObject({ code, name, action });
  });

  test.each([0, 999, 1005, 1006, 1015, 5000, 65_535])("%i is abnormal and retried", (code) => {
    expect(classifyClose(code)).toEqual({
      code,
      registered: undefined,
      name: "abnormal",
      action: "backoff",
    });
  });

  test("a code within the range that means nothing to us has its number for a name", () => {
    expect(classifyClose(4471).name).toBe("close-4471");
    expect(classifyClose(1000).name).toBe("close-1000");
  });
});

test("what is no 16-bit number at all is retried, or stops where its hundreds say so", () => {
  for (const code of [Number.NaN, -1, 4426.5, Infinity, 1e308]) {
    expect(["backoff", "stop"]).toContain(classifyClose(code).action);
  }
  expect(isTerminal(Number.NaN)).toBe(false);
});

test("the only terminal close that a session survives is that of the connection it left", () => {
  expect(every.filter((code) => isSurvivable(code) && isTerminal(code))).toEqual([4423]);
  expect(isSurvivable(1006)).toBe(true);
});
