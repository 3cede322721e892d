/** Errors on the wire: code, message, detail and hint go; cause, stack and origin stay. */
import { expect, test } from "vitest";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import { errorFromFault, faultFrom, faultFromWire, faultToWire } from "../../src/wire/fault.ts";

const error = new ConcordatError("failed_precondition", "Sold out.", {
  cause: new Error("SELECT secret"),
  detail: { name: "out_of_stock", value: { sku: "A" } },
  retryAfterMs: 250,
});

test("a fault says all that the other side may know", () => {
  expect(faultToWire(faultFrom(error))).toEqual([
    9,
    "Sold out.",
    "out_of_stock",
    { sku: "A" },
    250,
  ]);
});

test("the error that comes out is the same, and says that it is the other side's", () => {
  const received = errorFromFault(faultFromWire(faultToWire(faultFrom(error))));

  expect(received).toMatchObject({
    code: "failed_precondition",
    rawMessage: "Sold out.",
    origin: "remote",
    detail: { name: "out_of_stock", value: { sku: "A" } },
    retryAfterMs: 250,
  });
  expect("cause" in received).toBe(false);
});

test("a call that was not executed is said to be so, and no other", () => {
  const turnedAway = new ConcordatError("unavailable", "Elsewhere.", { notExecuted: true });

  expect(faultToWire(faultFrom(turnedAway))).toEqual([14, "Elsewhere.", null, null, null, true]);
  expect(errorFromFault(faultFromWire(faultToWire(faultFrom(turnedAway)))).notExecuted).toBe(true);
  expect(errorFromFault(faultFromWire(faultToWire(faultFrom(error)))).notExecuted).toBe(false);
  for (const said of [false, 1, "true", null]) {
    expect(faultFromWire([14, "", null, null, null, said]).notExecuted).toBeUndefined();
  }
});

test("a fault without detail and hint has neither", () => {
  const received = errorFromFault(faultFromWire([14, "Gone.", null, null, null]));

  expect(received.detail).toBeUndefined();
  expect(received.retryAfterMs).toBeUndefined();
});

test("a code that nobody knows here is unknown; members that are later ones are ignored", () => {
  expect(faultFromWire([99, "What?", null, null, null, "later"]).code).toBe("unknown");
  expect(faultFromWire([13, "Short."])).toMatchObject({ code: "internal", message: "Short." });
});

test("a hint that is no time is left out", () => {
  for (const hint of [-1, "1", Number.NaN, {}]) {
    expect(faultFromWire([14, "", null, null, hint]).retryAfterMs).toBeUndefined();
  }
});

test("a message that was cut within a character travels with a replacement", () => {
  const fault = { code: "internal", message: "cut \ud83d", detail: undefined } as const;

  expect(faultToWire({ ...fault, retryAfterMs: undefined })[1]).toBe("cut \ufffd");
});
