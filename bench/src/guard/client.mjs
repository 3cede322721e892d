/** A client of the guard: `node client.cjs PEER PORT`. */
import { actAsClient } from "../process/client-act.mjs";
import { peers } from "./peers.mjs";

const [name = "", port = "0"] = process.argv.slice(2);
void actAsClient(peers[name], Number(port), {});
