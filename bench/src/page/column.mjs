/** What is shown of a row, by the kind of workload. */
import { spread } from "../result/spread.mjs";
import { inKilobytes, inMegabytes, plain, range, ratio, whole } from "./number.mjs";

const medianOf = (numbers) => spread(numbers).median;
const mostOf = (numbers) => spread(numbers).most;

const rate = [
  ["per second", ({ perSecond }) => whole(medianOf(perSecond))],
  ["ratio", ({ rateRatio }) => ratio(medianOf(rateRatio))],
  ["range", ({ rateRatio }) => range(spread(rateRatio))],
];
const cost = [
  ["server µs", ({ cpuMicros }) => plain(medianOf(cpuMicros))],
  ["ratio", ({ cpuRatio }) => ratio(medianOf(cpuRatio))],
  ["range", ({ cpuRatio }) => range(spread(cpuRatio))],
];
const latency = [
  ["p50 ms", ({ p50 }) => plain(medianOf(p50))],
  ["ratio", ({ p50Ratio }) => ratio(medianOf(p50Ratio))],
  ["range", ({ p50Ratio }) => range(spread(p50Ratio))],
];
const growth = [
  ["server MB", ({ serverBytes }) => inMegabytes(mostOf(serverBytes))],
  ["client MB", ({ clientBytes }) => inMegabytes(mostOf(clientBytes))],
];

/** @type {Record<string, readonly [string, (row: import("../result/row.mjs").Row) => string][]>} */
const columns = {
  calls: [...rate, ...cost, ...latency],
  stream: [...rate, ...cost, ...growth],
  slow: [
    ["items taken", ({ count }) => whole(medianOf(count))],
    ["made ahead", ({ ahead }) => whole(mostOf(ahead))],
    ...growth,
  ],
  connect: [...latency, ...cost],
  idle: [
    ["connections", ({ count }) => whole(medianOf(count))],
    ["server kB each", ({ serverBytes, count }) => inKilobytes(medianOf(serverBytes) / count[0])],
  ],
  wire: [
    ["message bytes", ({ message }) => (message === undefined ? "–" : whole(message))],
    ["request bytes with all frames", ({ up }) => whole(medianOf(up))],
    ["response bytes with all frames", ({ down }) => whole(medianOf(down))],
  ],
  curve: [["at", ({ label }) => label], ...rate, ...cost],
  bundle: [
    ["minified kB", ({ bytes }) => inKilobytes(bytes)],
    ["gzip kB", ({ zipped }) => inKilobytes(zipped)],
  ],
  types: [
    ["seconds", ({ seconds }) => plain(medianOf(seconds))],
    ["range", ({ seconds }) => range(spread(seconds))],
    ["above an empty program", ({ above }) => plain(medianOf(above))],
  ],
};

/** The columns of a kind: titles, and the cell of a row under each. */
export function columnsOf(kind) {
  return columns[kind];
}
