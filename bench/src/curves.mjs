/** Cost as work grows: what is measured at each point, and by whom. */
import { behind, grown } from "./contender.mjs";

/**
 * @typedef {object} Point
 * @property {number} x How much work.
 * @property {string} label
 * @property {readonly (string | import("./contender.mjs").Contender)[]} contenders Peers by their names, or Concordat with stubs of its own.
 * @property {Partial<import("./workload.mjs").Workload>} [differs] What is asked for at this point only.
 */

const call = { kind: "curve", value: "small", inFlight: 64, connections: 1, ms: 400, rounds: 5 };
const others = ["minimum", "concordat", "trpc", "socketio"];

/** @type {readonly import("./workload.mjs").Workload[]} */
export const curves = [
  {
    ...call,
    name: "procedures",
    title: "small object, 64 in flight, by the number of procedures in the contract",
    axis: "procedures",
    points: [10, 100, 700].map((x) => ({
      x,
      label: String(x),
      contenders: ["minimum", grown("concordat", "**Concordat**", x)],
    })),
  },
  {
    ...call,
    name: "behind",
    title: "1 KB order, 64 in flight, by how many releases the client is behind",
    axis: "releases behind",
    value: "order",
    points: [0, 1, 5, 20].map((x) => ({
      x,
      label: String(x),
      contenders: [
        "minimum",
        {
          ...behind("same", "**Concordat**, a procedure that never changed", x),
          procedure: "same",
        },
        behind("changed", "**Concordat**, one that changed in each release", x),
      ],
    })),
  },
  {
    ...call,
    name: "connections",
    title: "small object, by the number of connections with one call each",
    axis: "connections",
    inFlight: 1,
    points: [1, 16, 64, 256].map((x) => ({
      x,
      label: String(x),
      contenders: ["raw", ...others],
      differs: { connections: x },
    })),
  },
  {
    ...call,
    name: "payload",
    title: "bytes, 4 in flight, by their number",
    axis: "payload",
    value: "blob",
    inFlight: 4,
    points: [64, 1_024, 16_384, 131_072, 1_048_576].map((x) => ({
      x,
      label: x < 1_024 ? `${x} B` : x < 1_048_576 ? `${x / 1_024} kB` : "1 MB",
      contenders: ["raw", ...others],
      differs: { bytes: x },
    })),
  },
];
