/** The service in a worker of a page. Whoever sends it a port is a client. */
import { messagePortTransport } from "@concordat/core/transport";
import { createServer } from "@concordat/server/portable";

import { service } from "./greeter.ts";

const server = createServer({ services: [service] });

addEventListener("message", ({ ports: [port] }: MessageEvent) => {
  if (port !== undefined) server.accept(messagePortTransport(port));
});
