/** One call by Connect, from a service as its generator would write it. */
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { Bench } from "connect-service";

const transport = createConnectTransport({ baseUrl: "https://api.example.org" });
const client = createClient(Bench, transport);
console.log(await client.small({ id: 1n, name: "Ada", active: true, score: 1.5, role: "admin" }));
