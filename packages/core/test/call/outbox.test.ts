/** Frames of one turn leave together, in as few messages as the peer's limit allows. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Outbox } from "../../src/call/outbox.ts";
import type { Frame } from "../../src/wire/frame.ts";
import { framesFromBytes, frameToBytes } from "../../src/wire/frame-bytes.ts";
import { limitsWith } from "../../src/wire/limits.ts";
import { frame } from "../wire/arbitrary-frame.ts";

const limits = limitsWith();

function outboxOf(maxMessageBytes: number, pending: () => void = () => undefined): Outbox {
  const outbox = new Outbox(limits, pending);
  outbox.replay.stop();
  outbox.limitTo({ ...limits, messageBytes: maxMessageBytes });
  return outbox;
}

test("everything leaves in order, no message is over the limit, and no two would fit into one", () => {
  fc.assert(
    fc.property(
      fc.array(frame, { maxLength: 20 }),
      fc.integer({ min: 1_000, max: 5_000 }),
      (sent, max) => {
        const outbox = outboxOf(max);
        const small = sent.filter((each) => frameToBytes(each).length <= max);
        for (const each of small) outbox.add(each);
        const messages = outbox.takeMessages();

        expect(messages.flatMap((message) => framesFromBytes(message, limits))).toEqual(small);
        const sizes = messages.map(({ length }) => length);
        const heads = messages.slice(1).map((message) => {
          const [first] = framesFromBytes(message, limits);
          return first === undefined ? 0 : frameToBytes(first).length;
        });

        expect(sizes.filter((size) => size > max)).toEqual([]);
        expect(heads.filter((head, at) => (sizes[at] ?? 0) + head <= max)).toEqual([]);
        expect(outbox.takeMessages()).toEqual([]);
      },
    ),
  );
});

test("its owner is told once in a turn", () => {
  let told = 0;
  const outbox = outboxOf(1_000, () => (told += 1));
  const ping: Frame = { kind: "ping", id: 0, token: 0 };
  outbox.add(ping);
  outbox.add(ping);
  expect(told).toBe(1);
  outbox.takeMessages();
  outbox.add(ping);

  expect(told).toBe(2);
});

test("a frame that the peer would refuse is not queued", () => {
  const outbox = outboxOf(1_000);
  const large: Frame = { kind: "item", id: 1, payload: new Uint8Array(1_000) };

  expect(() => outbox.add(large)).toThrow(expect.objectContaining({ code: "resource_exhausted" }));
  expect(outbox.takeMessages()).toEqual([]);
});
