/** What is measured: one row for each question. */

/**
 * @typedef {object} Workload
 * @property {string} name How it is asked for on the command line.
 * @property {string} title
 * @property {"calls" | "stream" | "slow" | "connect" | "idle"} kind
 * @property {"small" | "order" | "records" | "blob"} value
 * @property {number} inFlight Calls in flight on each connection.
 * @property {number} connections
 * @property {number} ms How long one turn of one peer takes.
 */

/** @type {readonly Workload[]} */
export const workloads = [
  calls("small1", "small object, one call at a time", "small", 1),
  calls("small64", "small object, 64 in flight", "small", 64),
  calls("small1024", "small object, 1,024 in flight", "small", 1_024),
  {
    ...calls("connections64", "small object, 64 connections with one call each", "small", 1),
    connections: 64,
  },
  calls("order64", "1 KB order, 64 in flight", "order", 64),
  calls("records4", "256 KB of records, 4 in flight", "records", 4),
  calls("blob2", "1 MB of bytes, 2 in flight", "blob", 2),
  { ...calls("stream", "server stream of small items", "small", 1), kind: "stream" },
  {
    ...calls(
      "slow",
      "100,000 small items to a consumer that takes one each millisecond",
      "small",
      1,
    ),
    kind: "slow",
    ms: 4_000,
  },
  { ...calls("connect", "connect to first answer", "small", 1), kind: "connect" },
  { ...calls("idle", "idle connections", "small", 1), kind: "idle", connections: 5_000 },
];

/**
 * @param {string} name
 * @param {string} title
 * @param {Workload["value"]} value
 * @param {number} inFlight
 * @returns {Workload}
 */
function calls(name, title, value, inFlight) {
  return { name, title, kind: "calls", value, inFlight, connections: 1, ms: 700 };
}
