/** Where the behaviour cases are played: a server behind each transport that there is. */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import {
  memoryTransports,
  messagePortTransport,
  type Transport,
  webSocketTransport,
} from "@concordat/core/transport";
import type { Limits } from "@concordat/core";
import { createServer, type Server } from "@concordat/server";
import { build } from "esbuild";
import { WebSocket } from "ws";
import { authenticate, scriptedService } from "./scripted-service.ts";

/** Limits of a server that a case wants other than they are. */
export type ChosenLimits = Partial<Limits>;

/** One way to a server. */
export interface Place {
  readonly name: string;
  /** Opens a pipe to a server with these limits; the same server for the same limits. */
  connect(limits: ChosenLimits): Promise<Transport>;
  /** Ends all servers. */
  end(): Promise<void>;
}

/** Servers in this process, one for each choice of limits. */
class Servers {
  readonly #servers = new Map<
    string,
    Promise<{ readonly server: Server; readonly port: number }>
  >();

  of(limits: ChosenLimits): Promise<{ readonly server: Server; readonly port: number }> {
    const key = JSON.stringify(limits);
    const found = this.#servers.get(key) ?? start(limits);
    this.#servers.set(key, found);
    return found;
  }

  async end(): Promise<void> {
    for (const { server } of await Promise.all(this.#servers.values()))
      await server.close({ withinMs: 1 });
  }
}

async function start(limits: ChosenLimits): Promise<{ server: Server; port: number }> {
  const server = createServer({
    services: [scriptedService()],
    authenticate,
    limits,
    log: () => undefined,
  });
  return { server, port: await server.listen(0, { host: "127.0.0.1" }) };
}

/** A WebSocket on a real port. */
export function socketPlace(): Place {
  const servers = new Servers();
  return {
    name: "WebSocket",
    async connect(limits) {
      const { port } = await servers.of(limits);
      const socket = new WebSocket(`ws://127.0.0.1:${port}/`, ["concordat.v1"]);
      const transport = webSocketTransport(socket);
      await once(socket, "open");
      return transport;
    },
    end: () => servers.end(),
  };
}

/** A pipe in memory. */
export function memoryPlace(): Place {
  const servers = new Servers();
  return {
    name: "memory",
    async connect(limits) {
      const [near, far] = memoryTransports();
      (await servers.of(limits)).server.accept(far);
      return near;
    },
    end: () => servers.end(),
  };
}

/** A MessagePort to a server in a thread of its own. */
export function workerPlace(): Place {
  let worker: Promise<{ readonly thread: Worker; readonly folder: string }> | undefined;
  return {
    name: "worker",
    async connect(limits) {
      worker ??= startWorker();
      const { thread } = await worker;
      const { port1, port2 } = new MessageChannel();
      thread.postMessage({ limits, port: port2 }, [port2]);
      return messagePortTransport(port1);
    },
    async end() {
      const running = await worker;
      await running?.thread.terminate();
      if (running !== undefined) await rm(running.folder, { recursive: true });
    },
  };
}

/** A thread cannot load TypeScript in every Node that is served. */
async function startWorker(): Promise<{ readonly thread: Worker; readonly folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), "concordat-"));
  const outfile = join(folder, "worker.cjs");
  await build({
    entryPoints: [new URL("service-worker.ts", import.meta.url).pathname],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    conditions: ["@concordat/source"],
    logLevel: "error",
  });
  return { thread: new Worker(outfile), folder };
}
