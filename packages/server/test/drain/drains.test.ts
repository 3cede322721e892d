/** Several drains of one server at once. */
import { FakeClock, settle } from "@concordat/testing";
import { expect, test } from "vitest";

import type { DrainOptions, Leaver } from "../../src/drain/drain.ts";
import { Drains } from "../../src/drain/drains.ts";

function optionsWith(clock: FakeClock): DrainOptions {
  return { clock, random: () => 0.5, withinMs: 1_000, spreadMs: 0, closeName: "draining" };
}

/** A connection that is asked and stays. */
function guest(): Leaver & { asked: number } {
  return {
    callsOpen: 1,
    untold: 0,
    asked: 0,
    goaway() {
      this.asked += 1;
    },
    close: () => undefined,
  };
}

test("run until the last connection of each has ended, in whatever order", async () => {
  const clock = new FakeClock();
  const drains = new Drains();
  const [one, other] = [guest(), guest()];
  expect(drains.isRunning).toBe(false);
  const both = [
    drains.run([one, other], optionsWith(clock)),
    drains.run([other], optionsWith(clock)),
  ];
  drains.ended(other);
  await both[1];
  expect(drains.isRunning).toBe(true);
  drains.ended(one);
  await both[0];

  expect(drains.isRunning).toBe(false);
});

test("ask who comes back at once, as long as one of them runs", async () => {
  const drains = new Drains();
  const run = drains.run([guest()], optionsWith(new FakeClock()));
  const back = guest();
  drains.add(back);
  await settle();

  expect(back.asked).toBe(1);
  void run;
});
