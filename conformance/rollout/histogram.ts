/** When clients came back, within the windows in which they were asked to leave. */

/** One window. */
export interface Window {
  readonly from: number;
  readonly ms: number;
}

/** How many of the moments lie in each tenth of their window, all windows laid on each other. */
export function histogramOf(
  moments: readonly number[],
  windows: readonly Window[],
): readonly number[] {
  const bars = Array.from({ length: 10 }, () => 0);
  for (const moment of moments) {
    const window = windows.find(({ from, ms }) => moment >= from && moment < from + ms);
    if (window === undefined) continue;
    const bar = Math.floor(((moment - window.from) / window.ms) * bars.length);
    bars[bar] = (bars[bar] ?? 0) + 1;
  }
  return bars;
}

/** The bars as lines. */
export function printed(bars: readonly number[]): readonly string[] {
  const highest = Math.max(1, ...bars);
  return bars.map((count, at) => {
    const bar = "█".repeat(Math.round((count / highest) * 40));
    return `  ${String(at * 10).padStart(3)} to ${String(at * 10 + 10).padStart(3)} %  ${String(count).padStart(4)}  ${bar}`;
  });
}

/** Why the moments are not spread over the first half, in which clients are asked; `undefined` where they are. */
export function bunched(bars: readonly number[]): string | undefined {
  const all = bars.reduce((sum, count) => sum + count, 0);
  const half = bars.slice(0, bars.length / 2);
  const empty = half.filter((count) => count === 0).length;
  const most = Math.max(...bars);
  if (all < 20) return `only ${all} clients came back within a window`;
  if (empty > 0)
    return `in ${empty} of the ${half.length} tenths in which clients are asked to leave nobody came back`;
  return most > all / 2 ? `${most} of ${all} came back within the same tenth` : undefined;
}
