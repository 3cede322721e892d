/** A server of the guard: `node server.cjs PEER PORT`. */
import { actAsServer } from "../process/server-act.mjs";
import { peers } from "./peers.mjs";

const [name = "", port = "0"] = process.argv.slice(2);
void actAsServer(peers[name], Number(port), {});
