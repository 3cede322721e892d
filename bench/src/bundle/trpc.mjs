/** One call by tRPC over its WebSocket link. */
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";

const client = createTRPCClient({
  links: [wsLink({ client: createWSClient({ url: "wss://api.example.org" }) })],
});
console.log(
  await client.small.query({ id: 1, name: "Ada", active: true, score: 1.5, role: "admin" }),
);
