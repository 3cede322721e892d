/** Who reads too slowly: judged by what has not left, and for how long. */
import { FakeClock } from "@concordat/testing";
import { expect, test } from "vitest";
import { SlowReader } from "../../src/session/slow-reader.ts";

const limits = { bufferedBytes: 100, slowMs: 1_000 };

function watched(): {
  readonly clock: FakeClock;
  readonly reader: SlowReader;
  readonly stuck: number[];
  readonly waits: (bytes: number) => void;
} {
  const clock = new FakeClock(0);
  const transport = { bufferedBytes: 0 };
  const stuck: number[] = [];
  const reader = new SlowReader({
    transport,
    clock,
    limits,
    stuck: () => stuck.push(clock.now()),
  });
  return {
    clock,
    reader,
    stuck,
    waits(bytes) {
      transport.bufferedBytes = bytes;
      reader.sent();
    },
  };
}

test("a burst over the bound is forgiven where it has left in time", async () => {
  const { clock, stuck, waits } = watched();
  waits(400);
  await clock.advance(999);
  waits(100);
  await clock.advance(10_000);

  expect(stuck).toEqual([]);
  expect(clock.waiting).toBe(0);
});

test("who was forgiven one burst is watched in the next one", async () => {
  const { clock, stuck, waits } = watched();
  waits(400);
  await clock.advance(500);
  waits(0);
  await clock.advance(500);
  waits(200);
  await clock.advance(1_000);

  expect(stuck).toEqual([2_000]);
});

test("what does not become less within the time is the end", async () => {
  const { clock, stuck, waits } = watched();
  waits(101);
  await clock.advance(500);
  waits(150);
  await clock.advance(500);

  expect(stuck).toEqual([1_000]);
  expect(clock.waiting).toBe(0);
});

test("a reader that gets on, however slowly, is borne while it does", async () => {
  const { clock, stuck, waits } = watched();
  waits(400);
  for (const bytes of [350, 300, 250, 200]) {
    await clock.advance(999);
    waits(bytes);
    await clock.advance(1);
  }
  expect(stuck).toEqual([]);
  await clock.advance(1_000);

  expect(stuck).toEqual([5_000]);
});

test("more than four times the bound is the end at once, and only once", () => {
  const { stuck, waits } = watched();
  waits(401);
  waits(500);

  expect(stuck).toEqual([0]);
});

test("time in which this process did not run is not the reader's", async () => {
  const { clock, stuck, waits } = watched();
  waits(200);
  await clock.sleep(60_000);
  expect(stuck).toEqual([]);
  await clock.advance(1_000);

  expect(stuck).toEqual([61_000]);
});

test("of a connection that has ended nothing is watched any more", async () => {
  const { clock, reader, stuck, waits } = watched();
  waits(200);
  reader.stop();
  waits(1_000);
  await clock.advance(10_000);

  expect(stuck).toEqual([]);
  expect(clock.waiting).toBe(0);
});
