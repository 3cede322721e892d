/** Early data as the client counts it: never less than it takes on its way, or a server would close over it. */
import { expect, test } from "vitest";
import { EarlyBudget } from "../../src/session/early-budget.ts";
import type { Metadata } from "../../src/wire/metadata.ts";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";
import { valueToBytes } from "../../src/wire/values.ts";

const longName = `${"c".repeat(64)}/${"p".repeat(64)}/${"q".repeat(64)}/${"r".repeat(64)}`;
/** What has to be left for a request that carries nothing. */
const least = 512;

test.each<readonly [what: string, procedure: string, size: number, metadata: Metadata]>([
  ["a payload", "orders/place", 50_000, []],
  ["the longest name", longName, 0, []],
  ["one large text", "orders/place", 0, [["k", "ü".repeat(40_000)]]],
  ["one large value of bytes", "orders/place", 0, [["k", new Uint8Array(70_000)]]],
  ["long keys", "orders/place", 0, Array.from({ length: 300 }, () => ["k".repeat(128), ""])],
  ["a thousand small pairs", "orders/place", 0, Array.from({ length: 1_000 }, () => ["k", "v"])],
])("a request with %s costs no less than its frame is long", (_, procedure, size, metadata) => {
  const payload = valueToBytes(new Uint8Array(size));
  const id = 0xffff_ffff;
  const timeoutMs = Number.MAX_SAFE_INTEGER;
  const frame = frameToBytes({ kind: "request", id, procedure, timeoutMs, metadata, payload });
  const budget = new EarlyBudget(frame.length + least - 1);
  budget.spend({ callKind: "unary", procedure, metadata, payload, deadline: undefined });

  expect(budget.allows(0)).toBe(false);
});

test("what is left is allowed to the byte", () => {
  const budget = new EarlyBudget(2_000);

  expect(budget.allows(2_000 - least)).toBe(true);
  expect(budget.allows(2_000 - least + 1)).toBe(false);
});
