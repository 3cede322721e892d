/** Concordat, with the stubs that lie under `generated`. */
import { concordatPeer } from "../concordat-peer.mjs";

const stubs = new URL("../../generated/", import.meta.url);

/** @type {Map<string, Promise<object>>} Kept, since an application has its contract before it dials. */
const loaded = new Map();

export const peer = concordatPeer((side, { [side]: folder = "bench" }) => {
  const file = `${folder}/${side}.js`;
  const known = loaded.get(file) ?? load(file);
  loaded.set(file, known);
  return known;
});

/** The contract that a stub exports: its only value. */
async function load(file) {
  const [contract] = Object.values(await import(new URL(file, stubs)));
  return contract;
}
