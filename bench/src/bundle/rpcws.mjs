/** One call by rpc-websockets. */
import { Client } from "rpc-websockets";

const client = new Client("wss://api.example.org");
await new Promise((resolve) => client.on("open", resolve));
const small = { id: 1, name: "Ada", active: true, score: 1.5, role: "admin" };
console.log(await client.call("small", small));
