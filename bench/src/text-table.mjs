/** A summary for the terminal. */

/** What is shown of a row, by the kind of workload. */
const columns = {
  calls: [
    ["per second", ({ perSecond }) => whole(perSecond.median)],
    ["ratio", ({ rateRatio }) => rateRatio.median.toFixed(2)],
    ["range", ({ rateRatio }) => `${rateRatio.least.toFixed(2)}–${rateRatio.most.toFixed(2)}`],
    ["server µs", ({ cpuMicros }) => cpuMicros.median.toFixed(2)],
    ["ratio", ({ cpuRatio }) => cpuRatio.median.toFixed(2)],
    ["p50 ms", ({ p50 }) => p50.median.toFixed(3)],
    ["ratio", ({ p50Ratio }) => p50Ratio.median.toFixed(2)],
  ],
  slow: [
    ["items taken", ({ count }) => whole(count)],
    ["server MB", ({ serverBytes }) => mega(serverBytes.median)],
    ["client MB", ({ clientBytes }) => mega(clientBytes.median)],
  ],
  idle: [
    ["connections", ({ count }) => whole(count)],
    ["server kB each", ({ serverBytes, count }) => (serverBytes.median / count / 1_000).toFixed(1)],
  ],
};

/** The columns of a workload: titles, and the cell of a row under each. */
export function columnsOf(kind) {
  return columns[kind] ?? columns.calls;
}

export function textTable({ workload, rows }) {
  const shown = columnsOf(workload.kind);
  const lines = [["peer", ...shown.map(([title]) => title)]];
  for (const row of rows) {
    if (row.count > 0)
      lines.push([row.title.replaceAll(/[`*]/g, ""), ...shown.map(([, cell]) => cell(row))]);
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

function whole(number) {
  return Math.round(number).toLocaleString("en");
}

function mega(bytes) {
  return (bytes / 1_000_000).toFixed(1);
}
