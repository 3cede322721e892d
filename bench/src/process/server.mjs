/** One peer's server, in a process of its own: `node server.mjs PEER PORT SETTING`. */
import { peerCalled } from "../peer.mjs";
import { actAsServer } from "./server-act.mjs";

const [name = "", port = "0", setting = "{}"] = process.argv.slice(2);
await actAsServer(await peerCalled(name), Number(port), JSON.parse(setting));
