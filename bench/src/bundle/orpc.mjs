/** One call by oRPC over its WebSocket link. */
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";

const websocket = new WebSocket("wss://api.example.org");
const client = createORPCClient(new RPCLink({ websocket }));
console.log(await client.small({ id: 1, name: "Ada", active: true, score: 1.5, role: "admin" }));
