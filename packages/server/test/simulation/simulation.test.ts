/** Clients and a server on bad networks: whatever is cut, nothing is executed twice, and every call ends. */
import { expect, test } from "vitest";

import { simulate } from "./simulate.ts";

const seeds = Number(process.env["SEEDS"] ?? 500);
const first = Number(process.env["SEED"] ?? 1);

test(`${seeds} simulated networks: no call twice, no item lost or out of order, every call ends`, async () => {
  let cuts = 0;
  let calls = 0;
  for (let seed = first; seed < first + seeds; seed += 1) {
    const run = await simulate(seed);
    cuts += run.cuts;
    calls += run.calls;
    expect(run.violations, `SEED=${seed} SEEDS=1 replays it (${run.summary})`).toEqual([]);
  }
  expect(cuts).toBeGreaterThan(seeds / 2); // or the networks were too good to show anything
  console.log(
    `simulation: ${seeds} seeds from ${first}, ${calls} calls, ${cuts} cuts, 0 violations`,
  );
}, 600_000);
