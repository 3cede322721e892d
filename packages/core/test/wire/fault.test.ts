/** Errors on the wire: code, message, detail and hint go; cause, stack and origin stay. */
import { expect, test } from "vitest";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import {
  errorFromFault,
  type Fault,
  faultFrom,
  putFault,
  readFault,
} from "../../src/wire/fault.ts";
import { limitsWith } from "../../src/wire/limits.ts";
import { Output } from "../../src/wire/output.ts";
import { Source } from "../../src/wire/source.ts";
import { bytesToValue, valueToBytes } from "../../src/wire/values.ts";

const payload = valueToBytes({ sku: "A" });
const error = new ConcordatError("failed_precondition", "Sold out.", {
  cause: new Error("SELECT secret"),
  detail: { name: "out_of_stock", value: payload },
  retryAfterMs: 250,
});

function bytesOf(fault: Fault): Uint8Array {
  const output = new Output(8);
  putFault(output, fault);
  return output.part();
}

function said(fault: Fault): unknown {
  return bytesToValue(bytesOf(fault), limitsWith());
}

/** What comes of a fault that some peer has written. */
function heard(wire: unknown): Fault {
  return readFault(new Source(valueToBytes(wire)));
}

function travelled(thrown: ConcordatError): ConcordatError {
  return errorFromFault(readFault(new Source(bytesOf(faultFrom(thrown)))));
}

test("a fault says all that the other side may know", () => {
  expect(said(faultFrom(error))).toEqual([9, "Sold out.", "out_of_stock", { sku: "A" }, 250]);
});

test("the error that comes out is the same, and says that it is the other side's", () => {
  const received = travelled(error);

  expect(received).toMatchObject({
    code: "failed_precondition",
    rawMessage: "Sold out.",
    origin: "remote",
    detail: { name: "out_of_stock", value: payload },
    retryAfterMs: 250,
  });
  expect("cause" in received).toBe(false);
});

test("a detail that nobody has encoded does not travel as something else", () => {
  const detail = { name: "out_of_stock", value: { sku: "A" } };

  expect(() => faultFrom(new ConcordatError("aborted", "No.", { detail }))).toThrow(
    'The payload of the error "out_of_stock" is not encoded.',
  );
});

test("a call that was not executed is said to be so, and no other", () => {
  const turnedAway = new ConcordatError("unavailable", "Elsewhere.", { notExecuted: true });

  expect(said(faultFrom(turnedAway))).toEqual([14, "Elsewhere.", null, null, null, true]);
  expect(travelled(turnedAway).notExecuted).toBe(true);
  expect(travelled(error).notExecuted).toBe(false);
  for (const not of [false, 1, "true", null]) {
    expect(heard([14, "", null, null, null, not]).notExecuted).toBeUndefined();
  }
});

test("a fault without detail and hint has neither", () => {
  const received = errorFromFault(heard([14, "Gone.", null, null, null]));

  expect(received.detail).toBeUndefined();
  expect(received.retryAfterMs).toBeUndefined();
});

test("a code that nobody knows here is unknown; members that are later ones are ignored", () => {
  expect(heard([99, "What?", null, null, null, "later"]).code).toBe("unknown");
  expect(heard([14, "", null, null, 5, true, { more: [1] }])).toMatchObject({ retryAfterMs: 5 });
  expect(heard([13, "Short."])).toMatchObject({ code: "internal", message: "Short." });
  expect(heard([13, "Named.", "out_of_stock"]).detail?.payload).toEqual(valueToBytes(null));
});

test.each([[[]], [[13]], [["13", "No."]], [[13, 13]], [[null, "No."]]])(
  "a fault of %j is none, whatever stands behind it",
  (wire) => {
    const bytes = [...valueToBytes(wire), ...valueToBytes("What stands behind it.")];

    expect(() => readFault(new Source(Uint8Array.from(bytes)))).toThrow("no code or no message");
  },
);

test("a hint that is no time is left out, and what stands behind it is heard", () => {
  for (const hint of [-1, "1", Number.NaN, {}, [1, [2]]]) {
    const fault = heard([14, "", null, null, hint, true]);

    expect(fault.retryAfterMs).toBeUndefined();
    expect(fault.notExecuted).toBe(true);
  }
});

test("a message that was cut within a character travels with a replacement", () => {
  const fault = { code: "internal", message: "cut \ud83d", detail: undefined } as const;

  expect(said({ ...fault, retryAfterMs: undefined })).toMatchObject({ 1: "cut \ufffd" });
});
