/** The figures to reach, and how each is read from what was measured. */
import { spread } from "./result/spread.mjs";

/**
 * @typedef {object} Aim
 * @property {string} what
 * @property {string} unit Written after the figure.
 * @property {number} [least] What is asked for: at least this,
 * @property {number} [most] or at most this.
 * @property {(rows: import("./result/results.mjs").Rows) => readonly number[] | undefined} read A figure for each round.
 */

/** Concordat's ratio to the hand-written minimum, within a round. */
const own = (workload, figure) => (rows) => find(rows, workload, "concordat")?.[figure];

/** Concordat's figure divided by another's in the same round. */
const against =
  (workload, figure, other, name = "concordat") =>
  (rows) => {
    const base = find(rows, workload, other)?.[figure];
    return find(rows, workload, name)?.[figure].map((value, round) => value / base?.[round]);
  };

/** Rates are compared by their ratios, since rows of a part of a run come from rounds of their own. */
const peers = {
  trpc: "tRPC",
  orpc: "oRPC",
  river: "River",
  capnweb: "Cap'n Web",
  connect: "Connect",
  grpc: "grpc-js",
};

/** @type {readonly Aim[]} */
export const aims = [
  ratio("small, 64 in flight: calls per second", { least: 1.8 }, own("small64", "rateRatio")),
  ratio("small, 64 in flight: server CPU per call", { most: 0.25 }, own("small64", "cpuRatio")),
  ratio("small, 1,024 in flight: calls per second", { least: 2.5 }, own("small1024", "rateRatio")),
  ratio("small, 1,024 in flight: server CPU per call", { most: 0.2 }, own("small1024", "cpuRatio")),
  ratio(
    "small, 64 connections with one call each: calls per second",
    { least: 1.1 },
    own("connections64", "rateRatio"),
  ),
  ratio(
    "small, 64 connections with one call each: server CPU per call",
    { most: 0.9 },
    own("connections64", "cpuRatio"),
  ),
  ratio("1 KB order, 64 in flight: calls per second", { least: 2.2 }, own("order64", "rateRatio")),
  ratio(
    "1 KB order, 64 in flight: server CPU per call",
    { most: 0.28 },
    own("order64", "cpuRatio"),
  ),
  ratio("256 KB of records: calls per second", { least: 2.3 }, own("records4", "rateRatio")),
  ratio("256 KB of records: server CPU per call", { most: 0.4 }, own("records4", "cpuRatio")),
  ratio(
    "1 MB of bytes: calls per second, to raw `ws` echo",
    { least: 0.85 },
    against("blob2", "rateRatio", "raw"),
  ),
  ratio(
    "1 MB of bytes with `bufferutil`: calls per second, to raw `ws` echo with it",
    { least: 0.65 },
    against("blob2+bufferutil", "rateRatio", "raw"),
  ),
  ratio("one call at a time: p50", { most: 1 }, own("small1", "p50Ratio")),
  ...Object.entries(peers).flatMap(([peer, title]) => [
    ratio(
      `small, 64 in flight: calls per second, to ${title}`,
      { least: 4 },
      against("small64", "rateRatio", peer),
    ),
    ratio(
      `small, 64 in flight: server CPU per call, to ${title}`,
      { most: 0.15 },
      against("small64", "cpuRatio", peer),
    ),
  ]),
  ratio("server stream of small items: items per second", { least: 6 }, own("stream", "rateRatio")),
  ratio(
    "server stream of small items: server CPU per item",
    { most: 0.15 },
    own("stream", "cpuRatio"),
  ),
  megabytes(
    "server stream of small items: growth of the server's memory",
    16,
    "stream",
    "serverBytes",
  ),
  megabytes(
    "server stream of small items: growth of the client's memory",
    16,
    "stream",
    "clientBytes",
  ),
  {
    what: "slow consumer: items made and not taken (the window is 256 KB)",
    unit: "",
    most: 8_192,
    read: own("slow", "ahead"),
  },
  megabytes("slow consumer: growth of the server's memory", 16, "slow", "serverBytes"),
  megabytes("slow consumer: growth of the client's memory", 16, "slow", "clientBytes"),
  ratio(
    "connect to first answer: p50, to raw `ws`",
    { most: 1.1 },
    against("connect", "p50", "raw"),
  ),
  ratio(
    "connect to first answer, one release behind: p50, to raw `ws`",
    { most: 1.3 },
    against("connect", "p50", "raw", "behind"),
  ),
  ratio(
    "idle connection: server memory, to bare `ws`",
    { most: 1.3 },
    against("idle", "serverBytes", "raw"),
  ),
  ratio("1 KB order as a message: bytes, to MessagePack with keys", { most: 0.65 }, (rows) =>
    quotient(find(rows, "wire", "concordat")?.message, find(rows, "wire", "minimum")?.message),
  ),
  {
    what: "browser bundle of a client that calls one procedure, min + gzip",
    unit: " kB",
    most: 8,
    read: (rows) => kilo(find(rows, "bundle", "concordat-lean")?.zipped),
  },
  {
    what: "type-checking a client of 1,000 procedures",
    unit: " s",
    most: 0.5,
    read: (rows) => find(rows, "types", "concordat")?.seconds,
  },
];

function ratio(what, bound, read) {
  return { what, unit: "×", ...bound, read };
}

function megabytes(what, most, workload, figure) {
  const read = (rows) => own(workload, figure)(rows)?.map((bytes) => bytes / 1_000_000);
  return { what, unit: " MB", most, read };
}

function quotient(one, other) {
  return one === undefined ? undefined : [one / other];
}

function kilo(bytes) {
  return bytes === undefined ? undefined : [bytes / 1_000];
}

function find(rows, workload, name) {
  return rows[workload]?.find((row) => row.name === name);
}

/** @typedef {import("./result/spread.mjs").Spread & { isReached: boolean | undefined }} Verdict */

/**
 * @param {Aim} aim
 * @param {import("./result/results.mjs").Rows} rows
 * @returns {Verdict} Undecided where nothing was measured.
 */
export function verdictOf({ least = -Infinity, most = Infinity, read }, rows) {
  const measured = spread(read(rows) ?? []);
  const { median } = measured;
  const isReached = Number.isNaN(median) ? undefined : median >= least && median <= most;
  return { ...measured, isReached };
}
