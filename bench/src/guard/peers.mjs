/** The two that the guard compares, in one bundle: it runs where the other frameworks are not installed. */
import { bench as caller } from "../../generated/bench/client.js";
import { bench as service } from "../../generated/bench/server.js";
import { concordatPeer } from "../concordat-peer.mjs";
import { peer as minimum } from "../peer/minimum.mjs";

const stubs = { server: service, client: caller };

export const peers = {
  minimum,
  concordat: concordatPeer((side) => Promise.resolve(stubs[side])),
};
