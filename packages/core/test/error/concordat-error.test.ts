/** One error class, also for what other copies and hostile handlers throw. */
import { describe, expect, test } from "vitest";
import { ConcordatError, isConcordatError, messageOf } from "../../src/error/concordat-error.ts";
import { RefusedError, UpgradeRequiredError } from "../../src/error/refusal-error.ts";

/** What the class looks like when an application has the package twice. */
async function otherCopy(): Promise<typeof ConcordatError> {
  const path = "../../src/error/concordat-error.ts?copy";
  const module = (await import(path)) as { ConcordatError: typeof ConcordatError }; // the same source
  return module.ConcordatError;
}

const revoked = Proxy.revocable({}, {});
revoked.revoke();
const hostile: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["a string", "boom"],
  ["a number", 7],
  ["a symbol", Symbol("boom")],
  ["a frozen object", Object.freeze({ code: "internal" })],
  ["an object without a prototype", Object.create(null)],
  ["an object that has no text", { toString: () => ({}), valueOf: null }],
  ["an error whose message throws", throwingMessage()],
  ["an error whose message is no text", Object.assign(new Error(), { message: Symbol("boom") })],
  ["a revoked proxy", revoked.proxy],
  ["an error of the family whose code throws", throwingCode()],
  [
    "an error of the family whose code is no text",
    Object.assign(new ConcordatError("aborted", ""), { code: 1 }),
  ],
];

function throwingMessage(): Error {
  const error = new Error("hidden");
  Object.defineProperty(error, "message", {
    get() {
      throw new Error("not even this");
    },
  });
  return error;
}

function throwingCode(): Error {
  return Object.defineProperty(new ConcordatError("aborted", "No."), "code", {
    get() {
      throw new Error("not even this");
    },
  });
}

test("the code stands in front of the message, and the raw message without it", () => {
  const error = new ConcordatError("not_found", "There is no order o-1.");

  expect(error.message).toBe("[not_found] There is no order o-1.");
  expect(error.rawMessage).toBe("There is no order o-1.");
  expect(error.origin).toBe("local");
  expect(error.cause).toBeUndefined();
  expect("cause" in error).toBe(false);
});

describe("anything that can be thrown becomes a ConcordatError", () => {
  test.each(hostile)("%s", (_name, thrown) => {
    const error = ConcordatError.from(thrown, "internal");

    expect(error.code).toBe("internal");
    expect(error.cause).toBe(thrown);
    expect(typeof error.rawMessage).toBe("string");
  });

  test("a ConcordatError is passed on as it is, subclasses too", () => {
    const plain = new ConcordatError("aborted", "Lost.");
    const refused = new RefusedError("unavailable", facts);

    expect(ConcordatError.from(plain, "internal")).toBe(plain);
    expect(ConcordatError.from(refused, "internal")).toBe(refused);
  });
});

test("asking what something is never throws", () => {
  for (const [, thrown] of hostile) {
    expect(isConcordatError(thrown)).toBe(false);
    expect(thrown instanceof ConcordatError).toBe(false);
    expect(typeof messageOf(thrown)).toBe("string");
  }
});

const facts = { closeCode: 4426, closeName: "client-too-old", message: "Too old." };

test("an instance of another copy of the package is recognised, but not as a subclass", async () => {
  const Other = await otherCopy();
  const error = new Other("aborted", "Lost.");

  expect(Other).not.toBe(ConcordatError);
  expect(error instanceof ConcordatError).toBe(true);
  expect(isConcordatError(error)).toBe(true);
  expect(error instanceof UpgradeRequiredError).toBe(false);
});

test("a subclass claims its own instances only", () => {
  const upgrade = new UpgradeRequiredError(facts);
  const plain = new ConcordatError("failed_precondition", "No.");

  expect(upgrade instanceof RefusedError).toBe(true);
  expect(plain instanceof RefusedError).toBe(false);
  expect(new RefusedError("unavailable", facts) instanceof UpgradeRequiredError).toBe(false);
});
