/** Rounds to medians, ranges and ratios. */

/** The yardstick of all ratios. */
const yardstick = "minimum";

export function summaryOf(workload, rounds, titles) {
  const base = rounds.get(yardstick) ?? [];
  const rows = [...rounds].map(([name, turns]) => ({
    name,
    title: titles.get(name),
    perSecond: spread(turns.map((turn) => turn.perSecond)),
    cpuMicros: spread(turns.map((turn) => turn.cpuMicros)),
    p50: spread(turns.map((turn) => turn.p50)),
    serverBytes: spread(turns.map((turn) => turn.serverBytes)),
    clientBytes: spread(turns.map((turn) => turn.clientBytes)),
    count: turns[0]?.count ?? 0,
    // Within a round, so that what disturbs the machine for a while disturbs both.
    rateRatio: spread(
      turns.map((turn, round) => turn.perSecond / (base[round]?.perSecond ?? Number.NaN)),
    ),
    cpuRatio: spread(
      turns.map((turn, round) => turn.cpuMicros / (base[round]?.cpuMicros ?? Number.NaN)),
    ),
    p50Ratio: spread(turns.map((turn, round) => turn.p50 / (base[round]?.p50 ?? Number.NaN))),
  }));
  return { workload, rows };
}

function spread(numbers) {
  const sorted = numbers.toSorted((one, other) => one - other);
  return { median: sorted[sorted.length >> 1], least: sorted[0], most: sorted.at(-1) };
}
