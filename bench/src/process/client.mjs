/** The load of one peer, in a process of its own: `node client.mjs PEER PORT SETTING`. */
import { peerCalled } from "../peer.mjs";
import { actAsClient } from "./client-act.mjs";

const [name = "", port = "0", setting = "{}"] = process.argv.slice(2);
await actAsClient(await peerCalled(name), Number(port), JSON.parse(setting));
