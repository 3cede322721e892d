/** A law about whatever comes first on a connection. */
import { maxReasonBytes } from "@concordat/core/internal";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { answerTo, shopStage } from "./fixture/stage.ts";

/** Mostly what it should be, so that the rest of the hello is looked at as well. */
function mostly<T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: usual, weight: 9 }, fc.jsonValue());
}

const offer = fc.record({
  release: mostly(fc.constantFrom("1.0.0", "99.0.0")),
  fingerprint: mostly(fc.constant(`sha256:${"0".repeat(64)}`)),
});

const contract = fc.record({
  name: mostly(fc.constantFrom("shop", "museum", "__proto__")),
  offers: mostly(fc.array(offer, { maxLength: 2 })),
});

const limit = fc.constantFrom("messageBytes", "callsInFlight", "connectionWindowBytes");

/** Something that is a hello but for some of its members. None of its offers is the shop's own. */
const nearlyHello = fc
  .record({
    concordat: fc.constant("hello"),
    wire: mostly(fc.constantFrom([1], [2], [2, 1])),
    encodings: mostly(fc.constantFrom(["msgpack"], ["positional"])),
    client: fc.jsonValue(),
    contracts: mostly(fc.array(contract, { maxLength: 2 })),
    limits: fc.dictionary(limit, fc.oneof(fc.double(), fc.maxSafeInteger())),
    resume: fc.jsonValue(),
  })
  .map((hello) => JSON.stringify(hello));

const message = fc.oneof(
  { arbitrary: nearlyHello, weight: 5 },
  fc.json(),
  fc.string(),
  fc.uint8Array(),
);

test("whatever comes first is answered with a reject and a close that say the same and fit", async () => {
  const closedWith = new Set<number>();
  await fc.assert(
    fc.asyncProperty(message, async (first) => {
      const stage = shopStage();
      const { texts, code, reason } = await answerTo(stage.pipe(), [first]);

      closedWith.add(code);
      expect(texts).toMatchObject([{ concordat: "reject", code }]);
      expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(maxReasonBytes);
      expect(stage.log).toMatchObject([{ event: "connection-ended", closeCode: code }]);
      await stage.clock.advance(0);
      expect(stage.clock.waiting).toBe(0);
    }),
    { numRuns: 500 },
  );

  // A law says little when every case ends in the same branch.
  expect([...closedWith]).toEqual(expect.arrayContaining([4400, 4404, 4406, 4427]));
});
