/** One copy of the server with one client: `counting.ts` has two of these, and in one of them nothing is counted. */
import { createServer, implement } from "../src/portable.ts";
import { longHistory } from "./long-history.ts";
import { MuteClient } from "./mute-client.ts";

/** A server that answers one small call. */
export async function connected(): Promise<MuteClient> {
  const { contract, messageOf } = longHistory(1);
  const handlers = { keep: (request: unknown) => request, place: (request: unknown) => request };
  const server = createServer({
    log: ({ event, message }) => console.error(event, message),
    services: [implement(contract, { handlers })],
  });
  const [document] = contract.history;
  if (document === undefined) throw new Error("There is no release.");
  const client = new MuteClient(server, document, "keep", messageOf(0));
  await client.connect();
  return client;
}
