/** On what, with what and when it was measured. */

/**
 * @param {import("../result/machine.mjs").Machine} machine
 * @param {import("../result/results.mjs").Rows} rows
 */
export function about({ node, processor, cores, gigabytes, versions }, rows) {
  const stamps = Object.values(rows)
    .flat()
    .map(({ stamp }) => stamp);
  const dates = [...new Set(stamps.map(({ date }) => date))].toSorted();
  const when = dates.length > 1 ? `between ${dates[0]} and ${dates.at(-1)}` : `on ${dates[0]}`;
  return [
    `Written by \`npm run bench -- --write\`, measured ${when}: Node ${node}, ${cores} cores (${processor}), ${gigabytes} GiB.`,
    "Masking is in JavaScript everywhere but in the last part. Each table says when it was measured, and of what.",
    "Figures are medians of interleaved rounds; a ratio is one to the hand-written minimum in the same round, and a range",
    "the least and the most of the rounds.",
    "",
    `Peers: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}.`,
  ].join("\n");
}
