/** Who takes part in a measurement: a peer, perhaps told to use other stubs. */
import { peerCalled } from "./peer.mjs";

/**
 * @typedef {object} Contender
 * @property {string} name Of its row.
 * @property {string} title
 * @property {string} peer
 * @property {import("./peer.mjs").Setting} setting
 * @property {string} [procedure] The procedure that echoes. Default: the one that is called like the value.
 */

/**
 * @param {string} peer
 * @returns {Promise<Contender>}
 */
export async function contender(peer) {
  return { name: peer, title: (await peerCalled(peer)).title, peer, setting: {} };
}

/**
 * Concordat between a newest server and a client that is so many releases behind.
 *
 * @param {string} name
 * @param {string} title
 * @param {number} releases
 * @returns {Contender}
 */
export function behind(name, title, releases) {
  const setting = { server: "lineage/behind-0", client: `lineage/behind-${releases}` };
  return { name, title, peer: "concordat", setting };
}

/**
 * Concordat with a contract of so many procedures.
 *
 * @param {string} name
 * @param {string} title
 * @param {number} procedures
 * @returns {Contender}
 */
export function grown(name, title, procedures) {
  const stubs = `procedures-${procedures}/stub`;
  return { name, title, peer: "concordat", setting: { server: stubs, client: stubs } };
}
