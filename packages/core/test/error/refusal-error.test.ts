/** Refusals carry all that is known, and no less. */
import { expect, test } from "vitest";
import { ServerOutdatedError, UpgradeRequiredError } from "../../src/error/refusal-error.ts";

test("a refusal says who must move, from what, to what, and where", () => {
  const error = new UpgradeRequiredError({
    closeCode: 4426,
    closeName: "client-too-old",
    message: "The client has to be updated.",
    contract: "orders",
    offered: ["1.2.0", "1.1.0"],
    supported: { floor: "2.0.0", newest: "3.1.0", releases: ["2.0.0", "3.1.0"] },
    mustMove: "client",
    upgradeUrl: "https://example.com/app",
    retryAfterMs: 5,
  });

  expect(error).toMatchObject({
    name: "UpgradeRequiredError",
    code: "failed_precondition",
    origin: "remote",
    closeCode: 4426,
    contract: "orders",
    release: "1.2.0",
    offered: ["1.2.0", "1.1.0"],
    supported: { floor: "2.0.0", newest: "3.1.0" },
    mustMove: "client",
    upgradeUrl: "https://example.com/app",
    retryAfterMs: 5,
  });
});

test("what did not arrive is undefined or empty, never missing", () => {
  const error = new ServerOutdatedError({
    closeCode: 4526,
    closeName: "server-behind",
    message: "",
  });

  expect(error.code).toBe("unavailable");
  expect(error.offered).toEqual([]);
  expect(error.supported).toEqual({});
  expect(error.release).toBeUndefined();
  expect(error.contract).toBeUndefined();
  expect(error.retryAfterMs).toBeUndefined();
});
