/** A reject says all that a person and a program need; whatever is garbled in it, the code is enough. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isObject, jsonMessage } from "../../src/handshake/json-message.ts";
import { refusalFromJson, rejectToText } from "../../src/handshake/reject.ts";
import { negotiate } from "../../src/negotiation/negotiate.ts";
import { errorOfRefusal } from "../../src/negotiation/refusal-reason.ts";
import { offers, served } from "../negotiation/arbitrary-history.ts";
import { hostileValues, withEachPlaceReplaced } from "./hostile-json.ts";

test("any refusal that negotiation makes comes back whole", () => {
  fc.assert(
    fc.property(offers, served, (offered, contract) => {
      const linked = { ...contract, upgradeUrl: "https://example.com/app" };
      const result = negotiate("orders", offered, linked);
      fc.pre(result.agreed === undefined);

      expect(refusalFromJson(jsonMessage(rejectToText(result.refusal), 100_000))).toEqual(
        result.refusal,
      );
    }),
  );
});

test("the members are those of the handshake's documents, with code and name first", () => {
  const text = rejectToText({
    closeCode: 4426,
    closeName: "client-too-old",
    message: "Too old.",
    retryAfterMs: 5,
  });

  expect(text).toBe(
    '{"concordat":"reject","code":4426,"name":"client-too-old","message":"Too old.","retryAfterMs":5}',
  );
});

test("a name that does not belong to the code is not believed", () => {
  expect(refusalFromJson({ code: 4426, name: "draining" })).toMatchObject({
    closeName: "client-too-old",
    message: "The server refused the connection: client-too-old.",
  });
});

test("without a code there is no refusal", () => {
  for (const code of hostileValues.filter((value) => typeof value !== "number" || value < 0)) {
    expect(refusalFromJson({ code })).toBeUndefined();
  }
});

test("a link that is no address of the web is left out, and so is a mover that is neither side", () => {
  const refusal = refusalFromJson({
    code: 4426,
    upgradeUrl: "javascript:alert(1)",
    mustMove: "everybody",
    retryAfterMs: -1,
  });

  expect(refusal).toEqual({
    closeCode: 4426,
    closeName: "client-too-old",
    message: "The server refused the connection: client-too-old.",
    offered: [],
    supported: { releases: [] },
  });
});

test("any member of any type in any place still becomes an error, or nothing", () => {
  const reject: unknown = JSON.parse(
    rejectToText({
      closeCode: 4426,
      closeName: "client-too-old",
      message: "Too old.",
      contract: "orders",
      offered: ["1.0.0"],
      supported: { floor: "2.0.0", newest: "3.0.0", releases: ["2.0.0"] },
      mustMove: "client",
      upgradeUrl: "https://example.com/app",
      retryAfterMs: 5,
    }),
  );
  const names = new Set<string>();
  for (const message of withEachPlaceReplaced(reject)) {
    if (!isObject(message)) continue;
    const refusal = refusalFromJson(message);
    if (refusal !== undefined) names.add(errorOfRefusal(refusal).name);
  }

  expect(names).toContain("UpgradeRequiredError");
  expect([...names].every((name) => name.endsWith("Error"))).toBe(true);
});
