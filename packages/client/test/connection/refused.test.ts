/** What is known about a refusal, from whatever arrived of it. */
import { closeCodes } from "@concordat/core";
import { reasonOfRefusal, type Refusal } from "@concordat/core/internal";
import { describe, expect, test } from "vitest";
import type { OwnContract } from "../../src/connection/negotiated.ts";
import {
  decidingCode,
  executedNothing,
  notConnected,
  outcomeUnknown,
  refusalOf,
  refusedError,
} from "../../src/connection/refused.ts";
import { type ConnectionEnd, neverOpened } from "../../src/socket/connection-end.ts";

const orders: OwnContract = {
  name: "orders",
  offers: [
    { release: "1.2.0", fingerprint: "sha256:b" },
    { release: "1.1.0", fingerprint: "sha256:a" },
  ],
  procedures: [],
};

const tooOld: Refusal = {
  closeCode: 4426,
  closeName: "client-too-old",
  message: "Reload the page.",
  contract: "orders",
  offered: ["1.2.0", "1.1.0"],
  supported: { floor: "2.0.0", newest: "3.1.0", releases: ["2.0.0", "3.1.0"] },
  mustMove: "client",
  upgradeUrl: "https://shop.example/new",
};

function end(facts: Partial<ConnectionEnd>): ConnectionEnd {
  return { ...neverOpened({}), ...facts };
}

test("a reject before the close says all: contract, range, address, sentence", () => {
  const error = refusedError(end({ code: 4426, reason: "", refusal: tooOld }), [orders]);

  expect(error).toMatchObject({
    name: "UpgradeRequiredError",
    code: "failed_precondition",
    closeCode: 4426,
    contract: "orders",
    release: "1.2.0",
    supported: { floor: "2.0.0", newest: "3.1.0" },
    mustMove: "client",
    upgradeUrl: "https://shop.example/new",
    rawMessage: "Reload the page.",
    origin: "remote",
  });
});

test("the reason alone tells contract, own release and range", () => {
  const reason = reasonOfRefusal(tooOld);
  const error = refusedError(end({ code: 4426, reason }), [orders]);

  expect(error).toMatchObject({
    name: "UpgradeRequiredError",
    contract: "orders",
    release: "1.2.0",
    supported: { floor: "2.0.0", newest: "3.1.0" },
    mustMove: "client",
  });
});

test("the code alone tells who must move, and a client of one contract fills in the rest", () => {
  expect(refusedError(end({ code: 4426 }), [orders])).toMatchObject({
    name: "UpgradeRequiredError",
    contract: "orders",
    offered: ["1.2.0", "1.1.0"],
    supported: {},
    mustMove: "client",
  });
});

test("a client of several contracts does not guess which one is meant", () => {
  const error = refusedError(end({ code: 4426 }), [orders, { ...orders, name: "mcp" }]);

  expect(error).toMatchObject({ contract: undefined, offered: [], mustMove: "client" });
});

test("a reject that leaves out what was offered, or what is supported, has that filled in", () => {
  const { offered: _, ...bare } = tooOld;
  const supported = { newest: "3.1.0" };
  const reason = "client-too-old contract=orders min=2.0.0 max=3.0.0";
  const refusal = refusalOf(end({ code: 4426, reason, refusal: { ...bare, supported } }), [orders]);

  expect(refusal).toMatchObject({
    offered: ["1.2.0", "1.1.0"],
    supported: { floor: "2.0.0", newest: "3.1.0" },
  });
});

test("what the reject says was offered stands, and what nobody knows is no list of something", () => {
  const offered = ["1.1.0"];
  const { offered: _, ...bare } = tooOld;
  const code = 4426;

  expect(refusalOf(end({ code, refusal: { ...tooOld, offered } }), [orders]).offered).toEqual(
    offered,
  );
  expect(refusalOf(end({ code, refusal: bare }), []).offered).toEqual([]);
});

test("a working tree was offered as unreleased", () => {
  const tree: OwnContract = { ...orders, offers: [{ fingerprint: "sha256:tree" }] };

  expect(refusalOf(end({ code: 4426 }), [tree]).offered).toEqual(["unreleased"]);
});

describe("a notice that came before the close", () => {
  const url = "https://shop.example/moved";
  const notice = { contract: "orders", sunset: "2030-01-01", url };
  const code = 4410;

  test("is told with the refusal of its contract, and gives it its address", () => {
    expect(refusalOf(end({ code, notice }), [orders])).toMatchObject({ notice, upgradeUrl: url });
  });

  test("is nothing to a refusal of another contract, or of none", () => {
    const others = [
      refusalOf(end({ code, notice: { ...notice, contract: "mcp" } }), [orders]),
      refusalOf(end({ code, notice: { sunset: "2030-01-01", url } }), [orders]),
      refusalOf(end({ code, notice: { sunset: "2030-01-01", url } }), []),
    ];

    for (const refusal of others) {
      expect(refusal.notice).toBeUndefined();
      expect(refusal.upgradeUrl).toBeUndefined();
    }
  });

  test("gives no address where it has none, or where the server is what must move", () => {
    const bare = { contract: "orders", sunset: "2030-01-01" };

    expect(refusalOf(end({ code, notice: bare }), [orders])).not.toHaveProperty("upgradeUrl");
    expect(refusalOf(end({ code: 4526, notice }), [orders])).not.toHaveProperty("upgradeUrl");
  });
});

test("the close decides, not a reject that says something else", () => {
  const error = refusedError(end({ code: 4526, refusal: tooOld }), [orders]);

  expect(error).toMatchObject({ name: "ServerOutdatedError", closeCode: 4526 });
  expect(error.upgradeUrl).toBeUndefined();
});

describe.each([0, 1005, 1006, 1015, 4800])("a close with %d, which says nothing", (code) => {
  test("lets a reject that came before it stand", () => {
    expect(decidingCode(end({ code, refusal: tooOld }))).toBe(4426);
    expect(refusalOf(end({ code, refusal: tooOld }), [orders])).toMatchObject(tooOld);
  });

  test("stands for itself where no reject came", () => {
    expect(decidingCode(end({ code }))).toBe(code);
  });
});

test("a hostile reason names no contract that this client would mistake for its own", () => {
  const reason = "client-too-old contract=toString min=__proto__ max=constructor";
  const refusal = refusalOf(end({ code: 4426, reason }), [orders]);

  expect(refusal).toMatchObject({ contract: "toString" });
  expect(refusal.offered).toBeUndefined();
});

test("what this side found wrong stands in the sentence", () => {
  const fault = "the welcome names a release of orders that was never offered";

  expect(refusedError(end({ code: 4802, fault }), [orders]).message).toContain(`(${fault})`);
  expect(refusedError(end({ code: 4802 }), [orders]).message).not.toContain("undefined");
});

test("an early call was provably not executed only where the server said no instead of welcome", () => {
  const certain = Object.keys(closeCodes)
    .map(Number)
    .filter((code) => executedNothing(end({ code })));

  expect(certain).toEqual([
    4400, 4401, 4403, 4404, 4406, 4410, 4412, 4423, 4426, 4427, 4508, 4526, 4802,
  ]);
  expect(executedNothing(end({ code: 4802, fault: "its welcome was wrong" }))).toBe(false);
  expect(executedNothing(end({ code: 1006 }))).toBe(false);
  expect(executedNothing(end({ code: 1006, refusal: tooOld }))).toBe(true);
  expect(executedNothing(end({ code: 4426, wasOpen: true }))).toBe(false);
});

test("a call that was open when the connection went says that nobody knows", () => {
  const cause = new Error("boom");

  const error = outcomeUnknown(end({ code: 4503, cause }));

  expect(error).toMatchObject({ code: "unavailable", origin: "network", cause });
  expect(error.message).toContain("4503 draining");
  expect(error.message).toContain("nobody knows whether the call was executed");
});

test("a call that found no connection says that it was not executed, and why there is none", () => {
  const cause = new Error("boom");

  const error = notConnected(end({ code: 1006, fault: "no way there", cause }));

  expect(error).toMatchObject({
    code: "unavailable",
    origin: "network",
    notExecuted: true,
    cause,
  });
  expect(error.message).toContain("1006");
  expect(error.message).toContain(": no way there");
  expect(notConnected(end({ code: 1006 }))).not.toHaveProperty("cause");
});
