/** Clients and servers on bad networks: whatever is cut, drained, killed or expires, nothing is executed twice, and every call ends. */
import { expect, test } from "vitest";

import { defects } from "./defect.ts";
import { simulate } from "./simulate.ts";
import { none } from "./upheavals.ts";

const seeds = Number(process.env["SEEDS"] ?? 500);
const first = Number(process.env["SEED"] ?? 1);

test(`${seeds} simulated networks: no call or notification twice, no item lost or out of order, every call ends, no credit is lost, and nobody is refused who may stay`, async () => {
  let cuts = 0;
  let calls = 0;
  let drains = 0;
  for (let seed = first; seed < first + seeds; seed += 1) {
    const run = await simulate(seed);
    cuts += run.cuts;
    calls += run.calls;
    drains += run.drains;
    expect(run.violations, `SEED=${seed} SEEDS=1 replays it (${run.summary})`).toEqual([]);
  }
  expect(cuts).toBeGreaterThan(seeds / 2); // or the networks were too good to show anything
  console.log(
    `simulation: ${seeds} seeds from ${first}, ${calls} calls, ${cuts} cuts, ${drains} drains, 0 violations`,
  );
}, 3_600_000);

/**
 * Seeds that showed something once: a drain that nobody was told through, credentials that ended on the way out, and
 * notifications that waited for credit on a connection that a drain closed.
 */
const shown = [110, 1_614, 128_453];

test.each(shown)("the network of seed %i, which was too much once, is not", async (seed) => {
  expect((await simulate(seed, { upheavals: none })).violations).toEqual([]);
});

test("a client that was drained twice within a second, which missed what was told, misses nothing", async () => {
  const upheavals = {
    ...none,
    releases: "rolling",
    extra: true,
    haste: true,
    tight: true,
  } as const;

  expect((await simulate(28_163, { upheavals })).violations).toEqual([]);
});

test.each(defects)("a library that would $does $about is caught, by $sentence", async (defect) => {
  const { sentence } = defect;
  const found = async (seed: number): Promise<boolean> => {
    const { violations } = await simulate(seed, { defect });
    return violations.some((violation) => sentence.test(violation));
  };
  let seed = first;
  while (!(await found(seed)) && seed < first + 100) seed += 1;

  expect(seed).toBeLessThan(first + 100);
});

test("a connection that is cut at any of its bytes costs nothing that was not answered for", async () => {
  // Every byte in the long form; else every so many, and other ones each time that the seed changes.
  const step = seeds >= 10_000 ? 1 : 97;
  let at = first % step;
  for (let wasCut = true; wasCut; at += step) {
    const run = await simulate(first, { callsPerClient: 20, cutAt: at });
    wasCut = run.cuts > 0;
    expect(run.violations, `SEED=${first}, cut at byte ${at} (${run.summary})`).toEqual([]);
  }
  expect(at).toBeGreaterThan(1_000);
  console.log(
    `simulation: cut at each of ${Math.ceil(at / step)} places within ${at} bytes, 0 violations`,
  );
}, 3_600_000);
