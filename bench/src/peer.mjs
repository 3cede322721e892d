/** The frameworks that are measured, each in a file of its own under `peer/`. */

/**
 * A way to make calls, measured.
 *
 * Each echoes `small`, `order`, `records` and `blob`, and streams small items.
 *
 * @typedef {object} Peer
 * @property {string} title As the tables call it.
 * @property {(port: number, setting: Setting) => Promise<void>} serve Listens on a loopback port.
 * @property {(setting: Setting) => Promise<void>} [prepare] Loads what only a client needs.
 * @property {(port: number, setting: Setting) => Promise<Connection>} connect Must not make a call by itself: the first one is measured.
 *
 * @typedef {object} Connection
 * @property {(name: string, value: unknown) => Promise<unknown>} call Echoes the value.
 * @property {((count: number, each: () => void | Promise<void>) => Promise<void>) | undefined} stream Streams so many small items.
 * @property {() => void | Promise<void>} close
 *
 * @typedef {object} Setting What only Concordat is told: the folders of the stubs. Default: those of the contract of the workloads.
 * @property {string} [server]
 * @property {string} [client]
 */

/** Names on the command line, the yardsticks first. */
export const peerNames = [
  "raw",
  "minimum",
  "json",
  "concordat",
  "trpc",
  "orpc",
  "river",
  "capnweb",
  "socketio",
  "rpcws",
  "birpc",
  "grpc",
  "connect",
];

/** Every ratio is one to the hand-written minimum; raw `ws` says what the socket itself costs. */
export const yardsticks = ["raw", "minimum", "concordat"];

/**
 * @param {string} name
 * @returns {Promise<Peer>}
 */
export async function peerCalled(name) {
  const { peer } = await import(`./peer/${name}.mjs`);
  return peer;
}
