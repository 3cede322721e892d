/** One call by a generated client of the entry for pages. */
import { createClient } from "@concordat/client/lean";
import { plain } from "../../generated/plain/stub/client.js";

const client = createClient({ url: "wss://api.example.org", contracts: { plain } });
console.log(
  await client.plain.small({ id: 1, name: "Ada", active: true, score: 1.5, role: "admin" }),
);
