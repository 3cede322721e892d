/** A thread that serves every port that it is sent. */
import { type MessagePort, parentPort } from "node:worker_threads";
import { messagePortTransport } from "@concordat/core/transport";
import type { Limits } from "@concordat/core";
import { createServer, type Server } from "@concordat/server/portable";
import { authenticate, scriptedService } from "./scripted-service.ts";

/** What the test posts. */
interface Visit {
  readonly limits: Partial<Limits>;
  readonly port: MessagePort;
}

const servers = new Map<string, Server>();

parentPort?.on("message", ({ limits, port }: Visit) => {
  const key = JSON.stringify(limits);
  const server =
    servers.get(key) ??
    createServer({
      services: [scriptedService()],
      authenticate,
      limits,
      log: () => undefined,
    });
  servers.set(key, server);
  server.accept(messagePortTransport(port));
});
