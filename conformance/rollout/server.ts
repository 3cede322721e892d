/** One server as a process: `node server.mjs old|new`. */
import { createServer, implement } from "@concordat/server";

import { type Age, served } from "./contract.ts";
import type { ServerOrder, ServerReady } from "./messages.ts";
import { pause } from "../pause.ts";

const age = process.argv[2] as Age; // the story says nothing else

const server = createServer({
  services: [
    implement(served(age), {
      handlers: {
        async place({ key, ms }) {
          await pause(ms);
          return { key };
        },
        async count({ key, ms }) {
          await pause(ms);
          return { key };
        },
        async look({ key, ms }) {
          await pause(ms);
          return age === "old" ? { key } : { key, note: "new" };
        },
        async *watch({ count, ms }) {
          for (let at = 0; at < count; at += 1) {
            await pause(ms);
            yield { at };
          }
        },
      },
    }),
  ],
});

const ready: ServerReady = { port: await server.listen(0, { host: "127.0.0.1" }) };
process.send?.(ready);

process.once("message", (order: ServerOrder) => void leave(order));
// Whoever started this process is gone.
process.once("disconnect", () => process.exit());

async function leave({ drainMs }: ServerOrder): Promise<void> {
  await server.drain({ withinMs: drainMs });
  await server.close({ withinMs: 0 });
  process.exit();
}
