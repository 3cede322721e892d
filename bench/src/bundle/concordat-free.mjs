/** One call by a generated client whose messages hold values that nobody declared. */
import { createClient } from "@concordat/client";
import { free } from "../../generated/free/stub/client.js";

const client = createClient({ url: "wss://api.example.org", contracts: { free } });
console.log(await client.free.note({ id: 1, anything: { of: ["any", "kind"] } }));
