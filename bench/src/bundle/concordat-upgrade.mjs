/** One call by a generated client, in a page that reloads itself when it is not served any more. */
import { createClient } from "@concordat/client";
import { onUpgradeRequired } from "@concordat/client/upgrade";
import { plain } from "../../generated/plain/stub/client.js";

const client = createClient({ url: "wss://api.example.org", contracts: { plain } });
onUpgradeRequired(client, { build: "1", show: ({ reason }) => console.log(reason) });
console.log(
  await client.plain.small({ id: 1, name: "Ada", active: true, score: 1.5, role: "admin" }),
);
