/** The frameworks that are measured, each in a file of its own under `peer/`. */

/**
 * A way to make calls, measured.
 *
 * Each echoes `small`, `order`, `records` and `blob`, and streams small items.
 *
 * @typedef {object} Peer
 * @property {string} title As the tables call it.
 * @property {(port: number) => Promise<void>} serve Listens on a loopback port.
 * @property {(port: number) => Promise<Connection>} connect
 *
 * @typedef {object} Connection
 * @property {(name: string, value: unknown) => Promise<unknown>} call Echoes the value.
 * @property {((count: number, each: () => void | Promise<void>) => Promise<void>) | undefined} stream Streams so many small items.
 * @property {() => void | Promise<void>} close
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

/**
 * @param {string} name
 * @returns {Promise<Peer>}
 */
export async function peerCalled(name) {
  const { peer } = await import(`./peer/${name}.mjs`);
  return peer;
}
