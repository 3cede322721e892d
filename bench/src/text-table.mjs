/** A summary for the terminal. */

export function textTable({ workload, rows }) {
  const lines = [["peer", "per second", "ratio", "range", "server µs", "ratio", "p50 ms", "ratio"]];
  for (const { title, perSecond, rateRatio, cpuMicros, cpuRatio, p50, p50Ratio } of rows) {
    lines.push([
      title.replaceAll(/[`*]/g, ""),
      Math.round(perSecond.median).toLocaleString("en"),
      rateRatio.median.toFixed(2),
      `${rateRatio.least.toFixed(2)}–${rateRatio.most.toFixed(2)}`,
      cpuMicros.median.toFixed(2),
      cpuRatio.median.toFixed(2),
      p50.median.toFixed(3),
      p50Ratio.median.toFixed(2),
    ]);
  }
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const text = lines.map((line) =>
    line
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]),
      )
      .join("  "),
  );
  return [`\n${workload.title}`, ...text].join("\n");
}
