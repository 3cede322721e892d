/** One subscription by graphql-ws, which makes queries in the same way. */
import { createClient } from "graphql-ws";

const client = createClient({ url: "wss://api.example.org" });
const query = "query ($id: Int!) { small(id: $id) { id name active score role } }";
for await (const result of client.iterate({ query, variables: { id: 1 } })) console.log(result);
