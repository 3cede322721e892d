/** A refusal survives whatever is lost of it: the reason, parts of the reason, everything but the code. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import { ServerOutdatedError, UpgradeRequiredError } from "../../src/error/refusal-error.ts";
import { negotiate } from "../../src/negotiation/negotiate.ts";
import type { Refusal } from "../../src/negotiation/refusal.ts";
import {
  errorOfRefusal,
  reasonOfRefusal,
  refusalFromClose,
} from "../../src/negotiation/refusal-reason.ts";
import { classifyClose } from "../../src/wire/close-classification.ts";
import { closeCodes } from "../../src/reference/close-codes.ts";
import { maxReasonBytes } from "../../src/wire/close-reason.ts";
import { offers, served } from "./arbitrary-history.ts";

const tooOld: Refusal = {
  closeCode: 4426,
  closeName: "client-too-old",
  message: "…",
  contract: "orders",
  offered: ["1.2.0", "1.1.0"],
  supported: { floor: "2.0.0", newest: "3.1.0", releases: ["2.0.0", "3.1.0"] },
  mustMove: "client",
};

test("the reason names the contract, the newest offer and the range", () => {
  expect(reasonOfRefusal(tooOld)).toBe(
    "client-too-old contract=orders have=1.2.0 min=2.0.0 max=3.1.0",
  );
});

test("the reason says who must move only where the code does not", () => {
  const wire: Refusal = { closeCode: 4427, closeName: "wire-unsupported", message: "…" };

  expect(reasonOfRefusal({ ...wire, mustMove: "server" })).toBe("wire-unsupported move=server");
  expect(refusalFromClose(4427, "wire-unsupported move=server", {}).mustMove).toBe("server");
  expect(refusalFromClose(4427, "", {}).mustMove).toBeUndefined();
  const movers = [4410, 4426, 4526].map((code) => refusalFromClose(code, "", {}).mustMove);
  expect(movers).toEqual(["client", "client", "server"]);
});

test("any refusal that negotiation makes has a reason that fits, and comes back out of it", () => {
  fc.assert(
    fc.property(offers, served, (offered, contract) => {
      const result = negotiate("orders", offered, contract);
      fc.pre(result.agreed === undefined);
      const { refusal } = result;
      const reason = reasonOfRefusal(refusal);
      const read = refusalFromClose(refusal.closeCode, reason, { offered: refusal.offered ?? [] });

      expect(new TextEncoder().encode(reason).length).toBeLessThanOrEqual(maxReasonBytes);
      expect(read).toMatchObject({
        closeCode: refusal.closeCode,
        closeName: refusal.closeName,
        contract: "orders",
        supported: { floor: refusal.supported?.floor, newest: refusal.supported?.newest },
      });
      expect(errorOfRefusal(read).constructor).toBe(errorOfRefusal(refusal).constructor);
    }),
  );
});

describe("from the code alone", () => {
  test("a client that is too old learns that, and knows its own part", () => {
    const refusal = refusalFromClose(4426, "", { contract: "orders", offered: ["1.2.0"] });

    expect(refusal).toEqual({
      closeCode: 4426,
      closeName: "client-too-old",
      message:
        "The connection was closed with 4426 (client-too-old). The client has to be updated.",
      contract: "orders",
      offered: ["1.2.0"],
      supported: {},
      mustMove: "client",
    });
    expect(errorOfRefusal(refusal)).toBeInstanceOf(UpgradeRequiredError);
  });

  test("every 16-bit code becomes an error, and only three of them ask for an upgrade", () => {
    const errors = Array.from({ length: 65_536 }, (_, code) =>
      errorOfRefusal(refusalFromClose(code, "", {})),
    );
    const codesOf = (kind: typeof UpgradeRequiredError) =>
      errors.filter((error) => error instanceof kind).map(({ closeCode }) => closeCode);

    expect(errors.every((error) => error instanceof ConcordatError)).toBe(true);
    expect(codesOf(UpgradeRequiredError)).toEqual([4410, 4426, 4427]);
    expect(codesOf(ServerOutdatedError)).toEqual([4526]);
  });

  test("a stop is not retried by the caller, and what may be retried is", () => {
    for (const code of Object.keys(closeCodes).map(Number)) {
      const { code: status } = errorOfRefusal(refusalFromClose(code, "", {}));
      const stops = ["stop", "credentials"].includes(classifyClose(code).action);
      expect([code, status === "unavailable" || status === "resource_exhausted"]).toEqual([
        code,
        !stops && code !== 4501,
      ]);
    }
  });
});

test("the range is said in a sentence where the reason has both of its ends", () => {
  const messages = ["min=2.0.0 max=3.1.0", "min=2.0.0", "max=3.1.0", ""].map(
    (pairs) => refusalFromClose(4426, `client-too-old ${pairs}`, {}).message,
  );
  const closed = "The connection was closed with 4426 (client-too-old).";
  const without = `${closed} The client has to be updated.`;

  expect(messages).toEqual([
    `${closed} It serves 2.0.0 to 3.1.0. The client has to be updated.`,
    without,
    without,
    without,
  ]);
});

test("the hint when to come back is a time or is left out", () => {
  expect(refusalFromClose(4529, "too-many-requests after=0", {}).retryAfterMs).toBe(0);
  expect(
    refusalFromClose(4529, "too-many-requests after=Infinity", {}).retryAfterMs,
  ).toBeUndefined();
  expect(refusalFromClose(4529, "too-many-requests after=1500", {}).retryAfterMs).toBe(1_500);
  expect(refusalFromClose(4529, "too-many-requests after=soon", {}).retryAfterMs).toBeUndefined();
  expect(refusalFromClose(4529, "too-many-requests after=-1", {}).retryAfterMs).toBeUndefined();
  expect(refusalFromClose(4529, "too-many-requests", {}).retryAfterMs).toBeUndefined();
});

test("any code with any reason becomes an error, never anything else", () => {
  fc.assert(
    fc.property(fc.nat({ max: 65_535 }), fc.string({ unit: "binary" }), (code, reason) => {
      const error = errorOfRefusal(refusalFromClose(code, reason, {}));

      expect(error.closeCode).toBe(code);
      expect(error.closeName).toBe(classifyClose(code).name);
    }),
  );
});
