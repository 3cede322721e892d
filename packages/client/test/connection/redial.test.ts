/** What follows the end of a connection: one row of the close-code table after the other, and what hints change. */
import {
  type CloseAction,
  closeCodes,
  RefusedError,
  ServerOutdatedError,
  UpgradeRequiredError,
} from "@concordat/core";
import { limitsWith } from "@concordat/core/internal";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultBackoff } from "../../src/connection/backoff.ts";
import { Redial, type Verdict } from "../../src/connection/redial.ts";
import { type ConnectionEnd, neverOpened } from "../../src/socket/connection-end.ts";
import { shop } from "../fixture/shop.ts";

const now = 1_000_000;

function redial(random = 0.5): Redial {
  return new Redial({ backoff: defaultBackoff, random: () => random, contracts: [shop] });
}

function end(code: number, facts: Partial<ConnectionEnd> = {}): ConnectionEnd {
  return { ...neverOpened({ code }), ...facts };
}

/** What the first end with a code of each action leads to, with chance in the middle. */
const firstVerdict: Record<CloseAction, Partial<Verdict>> = {
  stop: { next: "refuse" },
  credentials: { next: "refuse" },
  backoff: { next: "wait", ms: 500 },
  now: { next: "wait", ms: 0 },
  spread: { next: "wait", ms: 500 },
  hint: { next: "wait", ms: 500 },
  "next-call": { next: "rest" },
  strikes: { next: "wait", ms: 0 },
};

describe.each(
  Object.entries(closeCodes).map(([code, { name, action }]) => ({
    code: Number(code),
    name,
    action,
  })),
)("$code $name", ({ code, action }) => {
  test(`is followed by what the table says: ${action}`, () => {
    const expected = code === 4526 ? { next: "wait", ms: 1_500 } : firstVerdict[action];

    expect(redial().ended(end(code), now)).toMatchObject(expected);
  });

  test("never becomes a hot loop: what fails at once, over and over, waits longer and longer, or stops", () => {
    const policy = redial();
    const waits: number[] = [];
    for (let count = 0; count < 12; count += 1) {
      policy.welcomed(now);
      const verdict = policy.ended(end(code, { wasOpen: true }), now);
      if (verdict.next === "refuse") return;
      waits.push(verdict.ms);
    }

    expect(waits.slice(8).every((ms) => ms >= 10_000)).toBe(true);
  });

  test("raises the error class that its code stands for, from the code alone", () => {
    const verdict = redial().ended(end(code), now);
    if (verdict.next !== "refuse") return;

    const expected = [4410, 4426, 4427].includes(code) ? UpgradeRequiredError : RefusedError;
    expect(verdict.error).toBeInstanceOf(expected);
    expect(verdict.error).not.toBeInstanceOf(ServerOutdatedError);
    expect(verdict.error).toMatchObject({ closeCode: code });
  });
});

test("of the codes that nobody has heard of, 44xx and 46xx stop and all others go on", () => {
  const standsForRefusal = new Set([3000, 3003]);
  const stopping: number[] = [];
  for (let code = 0; code <= 65_535; code += 1) {
    if (Object.hasOwn(closeCodes, code) || standsForRefusal.has(code)) continue;
    if (redial().ended(end(code), now).next === "refuse") stopping.push(code);
  }

  expect(new Set(stopping.map((code) => Math.floor(code / 100)))).toEqual(new Set([44, 46]));
  const registered = Object.keys(closeCodes).filter((code) => /^4[46]/.test(code)).length;
  expect(stopping).toHaveLength(200 - registered);
});

test("a connection that stayed up for 10 s after its welcome makes the next wait short again", () => {
  const policy = redial();
  for (let count = 0; count < 5; count += 1) policy.ended(end(1006), now);

  policy.welcomed(now);
  expect(policy.ended(end(1006, { wasOpen: true }), now + 10_000)).toMatchObject({ ms: 500 });
});

test("a connection that was welcomed and lost before 10 s had passed does not", () => {
  const policy = redial();
  for (let count = 0; count < 5; count += 1) policy.ended(end(1006), now);

  policy.welcomed(now);
  expect(policy.ended(end(1006, { wasOpen: true }), now + 9_999)).toMatchObject({ ms: 15_000 });
});

test("a connection that stayed up makes one wait short, and not those after it", () => {
  const policy = redial();
  policy.welcomed(now);
  policy.ended(end(1006, { wasOpen: true }), now + 10_000);

  const waits = [1, 2].map(() => policy.ended(end(1006), now + 20_000));

  expect(waits).toMatchObject([{ ms: 1_000 }, { ms: 2_000 }]);
});

test("a connection that served and is asked to leave is no failure: the next attempt is the first that can fail", () => {
  const policy = redial();
  const left = (afterMs: number): ReturnType<Redial["left"]> => {
    policy.welcomed(now);
    return policy.left(20_000, now + afterMs);
  };

  expect(left(10_000)).toEqual({ ms: 1_000, atCall: true });
  const draining = end(4503, { reason: "draining after=100" });
  expect(policy.ended(draining, now)).toEqual({ next: "wait", ms: 50 });
  expect(policy.ended(draining, now)).toEqual({ next: "wait", ms: 1_000 });

  // One that comes and goes is.
  expect(left(9_999)).toEqual({ ms: 2_000, atCall: false });
  expect(policy.ended(draining, now)).toEqual({ next: "wait", ms: 4_000 });
});

test("a fresh start forgets failures, strikes, and credentials that had expired", () => {
  const policy = redial();
  for (let count = 0; count < 5; count += 1) policy.ended(end(1006), now);
  for (const code of [4522, 4522, 4501]) policy.ended(end(code), now);
  policy.forget();

  const fresh = [4501, 4522, 1006].map((code) => policy.ended(end(code), now));

  expect(fresh).toMatchObject([
    { next: "wait", ms: 0 },
    { next: "wait", ms: 1_000 },
    { next: "wait", ms: 2_000 },
  ]);
});

test("a spread in the reason replaces the formula: a random part of it", () => {
  const waits = [0, 0.25, 0.999].map((random) =>
    redial(random).ended(end(4503, { reason: "draining spread=20000" }), now),
  );

  expect(waits).toMatchObject([{ ms: 0 }, { ms: 5_000 }, { ms: 19_980 }]);
});

test("without a spread the time in the reason or in the reject is what is spread over", () => {
  const refusal = { closeCode: 4503, closeName: "draining", message: "", retryAfterMs: 8_000 };
  const ends = [end(4503, { reason: "draining after=8000" }), end(4503, { refusal })];

  for (const hinted of ends) expect(redial(0.25).ended(hinted, now)).toMatchObject({ ms: 2_000 });
});

test("a spread of nothing is no invitation to dial without a pause", () => {
  const policy = redial();
  const waits = [1, 2, 3].map(() => policy.ended(end(4503, { reason: "draining spread=0" }), now));

  expect(waits).toMatchObject([{ ms: 0 }, { ms: 1_000 }, { ms: 2_000 }]);
});

test("a time in the reason, in the reject or in Retry-After is waited for", () => {
  const refusal = {
    closeCode: 4529,
    closeName: "too-many-requests",
    message: "",
    retryAfterMs: 7_000,
  };
  const ends = [
    end(4529, { reason: "too-many-requests after=7000" }),
    end(4529, { refusal }),
    end(1006, { retryAfterMs: 7_000 }),
  ];

  for (const hinted of ends) expect(redial(0).ended(hinted, now)).toMatchObject({ ms: 7_000 });
});

test("no peer makes a client wait for longer than ten minutes, and a little", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(4503, 4521, 4526, 4529),
      fc.string(),
      fc.double(),
      (code, text, hint) => {
        const reasons = [`x after=${text}`, `x spread=${text}`, `x after=${hint} spread=${hint}`];
        for (const reason of reasons) {
          const verdict = redial(0.999).ended(end(code, { reason, retryAfterMs: 1e300 }), now);
          const ms = verdict.next === "refuse" ? Number.NaN : verdict.ms;
          expect(ms).toBeGreaterThanOrEqual(0);
          expect(ms).toBeLessThanOrEqual(900_000);
        }
      },
    ),
  );
});

test("the third strike within 60 s stops the client", () => {
  const policy = redial();
  policy.ended(end(4522), now);
  policy.ended(end(4803), now + 30_000);
  const third = policy.ended(end(4523), now + 59_000);

  expect(third).toMatchObject({ next: "refuse", error: { code: "internal", closeCode: 4523 } });
  expect(third).toHaveProperty(
    "error.message",
    expect.stringContaining("3 connections within 60 s"),
  );
  expect(third).toHaveProperty("error.message", expect.stringContaining("compare their releases"));
});

test("the first strike is dialled again at once, and the second waits as after any failure in a row", () => {
  const policy = redial();
  const verdicts = [now, now + 1_000].map((at) => policy.ended(end(4522), at));

  expect(verdicts).toMatchObject([{ ms: 0 }, { next: "wait", ms: 1_000 }]);
});

test("credentials that are turned down behind a failure are not asked for at once", () => {
  const policy = redial();
  policy.ended(end(1006), now);

  expect(policy.ended(end(4401), now, true)).toMatchObject({ next: "wait", ms: 1_000 });
});

test("strikes that are further apart do not", () => {
  const policy = redial();
  policy.ended(end(4522), now);
  policy.ended(end(4522), now + 30_000);

  expect(policy.ended(end(4522), now + 61_000).next).toBe("wait");
});

test("fresh credentials that expire at once are no credentials: two 4501 in a row stop", () => {
  const policy = redial();
  policy.ended(end(4501), now);

  expect(policy.ended(end(4501), now)).toMatchObject({
    next: "refuse",
    error: { code: "unauthenticated", closeCode: 4501 },
  });
});

test("credentials that served for a while may expire again", () => {
  const policy = redial();
  policy.ended(end(4501), now);
  policy.welcomed(now);

  expect(policy.ended(end(4501, { wasOpen: true }), now + 20_000).next).toBe("wait");
});

test("only a server that does not welcome in time is waited for longer, and not one that cannot be reached or says no", () => {
  const policy = redial();
  const limits = limitsWith();
  const patience = [1006, 4503, 4800, 1006].map((code) => {
    policy.ended(end(code), now);
    return policy.patient(limits).handshakeMs / limits.handshakeMs;
  });

  expect(patience).toEqual([1, 1, 2, 1]);
});

test("a server whose welcomes do not come is waited for up to eight times as long, and no longer than that", () => {
  const policy = redial();
  const limits = limitsWith();
  const patience = [1, 2, 3, 4, 5].map(() => {
    policy.ended(end(4800), now);
    return policy.patient(limits).handshakeMs / limits.handshakeMs;
  });

  expect(patience).toEqual([2, 4, 8, 8, 8]);
  expect(policy.patient(limits)).toMatchObject({ callsInFlight: limits.callsInFlight });
});

test("a server that falls silent after its welcome is not waited for any longer at the next one", () => {
  const policy = redial();
  const limits = limitsWith();
  policy.ended(end(4800, { wasOpen: true }), now);

  expect(policy.patient(limits).handshakeMs).toBe(limits.handshakeMs);
});

test("what is hopeless on this side stops with the error that says so", () => {
  const fatal = new RefusedError("unauthenticated", { closeCode: 0, closeName: "", message: "" });

  expect(redial().ended(neverOpened({ fatal }), now)).toEqual({ next: "refuse", error: fatal });
});
