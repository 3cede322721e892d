/** What is measured: one entry for each question, in the order of the page. */
import { curves } from "./curves.mjs";

/**
 * @typedef {object} Workload
 * @property {string} name How it is asked for on the command line.
 * @property {string} title
 * @property {"calls" | "stream" | "slow" | "connect" | "idle" | "wire" | "curve" | "bundle" | "types"} kind
 * @property {"small" | "order" | "records" | "blob"} [value]
 * @property {number} [bytes] How many of them, where the value is bytes. Default: a megabyte.
 * @property {number} [inFlight] Calls in flight on each connection.
 * @property {number} [connections]
 * @property {number} [calls] After so many a turn is over, whatever its time. Default: as many as fit.
 * @property {number} [ms] How long one turn of one contender takes.
 * @property {number} [warm] Turns ahead of the first round. Default: 4.
 * @property {boolean} [isFresh] Whether each round needs processes of its own: those of the round before hold what it made.
 * @property {number} [rounds] Where it does not need as many as were asked for.
 * @property {number} [lineMs] What the line between the two sides takes in each direction. Default: nothing, and there is none.
 * @property {boolean} [isMemory] Whether memory is looked at.
 * @property {boolean} [isNative] Whether `bufferutil` masks, on both ends.
 * @property {import("./curves.mjs").Point[]} [points] Of a curve.
 * @property {string} [axis] Of a curve: what grows.
 */

const small1 = calls("small1", "small object, one call at a time", "small", 1);
const order64 = calls("order64", "1 KB order, 64 in flight", "order", 64);
const records4 = calls("records4", "256 KB of records, 4 in flight", "records", 4);
const blob2 = calls("blob2", "1 MB of bytes, 2 in flight", "blob", 2);

/** @type {readonly Workload[]} */
export const workloads = [
  small1,
  calls("small64", "small object, 64 in flight", "small", 64),
  calls("small1024", "small object, 1,024 in flight", "small", 1_024),
  {
    ...calls("connections64", "small object, 64 connections with one call each", "small", 1),
    connections: 64,
  },
  order64,
  records4,
  blob2,
  {
    ...small1,
    name: "stream",
    title: "server stream of small items",
    kind: "stream",
    isMemory: true,
  },
  {
    ...small1,
    name: "slow",
    title: "stream of 100,000 small items to a consumer that takes one each millisecond",
    kind: "slow",
    isMemory: true,
    ms: 4_000,
    warm: 0, // one turn from the start
    rounds: 1,
  },
  {
    ...small1,
    name: "connect",
    title: "connect to first answer",
    kind: "connect",
    warm: 12, // a connection runs each of its functions once, where a call has run its own a thousand times
  },
  {
    ...small1,
    name: "connect+line",
    title: "connect to first answer, over a line of 10 ms in each direction",
    kind: "connect",
    lineMs: 10,
  },
  {
    ...small1,
    name: "idle",
    title: "5,000 idle connections",
    kind: "idle",
    isMemory: true,
    connections: 5_000,
    ms: 5_000,
    warm: 0,
    isFresh: true,
    rounds: 5,
  },
  {
    ...small1,
    name: "wire",
    title: "1 KB order on the wire, one call at a time",
    kind: "wire",
    value: "order",
    ms: 300,
    rounds: 1,
  },
  ...[blob2, records4, order64].map(native),
  {
    name: "bundle",
    title: "browser bundle of a client that calls one procedure",
    kind: "bundle",
    rounds: 1,
  },
  { name: "types", title: "type-checking a client", kind: "types", rounds: 3 },
  ...curves,
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

/** @param {Workload} workload */
function native(workload) {
  const { name, title } = workload;
  return {
    ...workload,
    rounds: 5,
    name: `${name}+bufferutil`,
    title: `${title}, with bufferutil on both ends`,
    isNative: true,
  };
}
