/** A contract, its server and its client in one program. */
import { createClient } from "@concordat/client";
import { defineContract, unary } from "@concordat/core";
import { createServer, implement } from "@concordat/server";
import { Type } from "typebox";
import { WebSocket } from "ws";

const greeter = defineContract("greeter", {
  greet: unary({ request: Type.Object({ name: Type.String() }), response: Type.String() }),
});

const server = createServer({
  services: [implement(greeter, { handlers: { greet: ({ name }) => `Hello, ${name}!` } })],
});
const port = await server.listen(0);

const client = createClient({ url: `ws://localhost:${port}`, contracts: { greeter }, WebSocket });
console.log(await client.greeter.greet({ name: "Ada" }));

await client.close();
await server.close();
