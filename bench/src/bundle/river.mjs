/** One call by River with its `BinaryCodec`. */
import { createClient } from "@replit/river";
import { BinaryCodec } from "@replit/river/codec";
import { WebSocketClientTransport } from "@replit/river/transport/ws/client";

const dial = async () => new WebSocket("wss://api.example.org");
const transport = new WebSocketClientTransport(dial, "client", { codec: BinaryCodec });
const client = createClient(transport, "server");
const small = { id: 1, name: "Ada", active: true, score: 1.5, role: "admin" };
console.log(await client.bench.small.rpc(small));
