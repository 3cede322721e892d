/** The server as a process: `node dist/server/main.js [close|upgrade]`, the way in which old clients are refused. */
import { fileURLToPath } from "node:url";
import { createServer } from "@concordat/server";

import type { ServerReport } from "./server-report.ts";
import { demonstratedFloor, mcpService } from "./service.ts";

const places = {
  repository: fileURLToPath(new URL("../../../../", import.meta.url)),
  prompts: fileURLToPath(new URL("../../prompts/", import.meta.url)),
};
const service = await mcpService(places, demonstratedFloor);
const server = createServer({
  services: [service],
  refuseAt: process.argv[2] === "upgrade" ? "upgrade" : "close",
});
const port = await server.listen(0, { host: "127.0.0.1" });
const report: ServerReport = {
  url: `ws://127.0.0.1:${port}`,
  treatments: service.treatments(),
};
if (process.send === undefined) console.log(`mcp on ${report.url}`);
else process.send(report);

// Whoever started this process is done, or gone.
process.once("disconnect", () => process.exit());
