/** A server in Node: on a port of its own, or on an HTTP server that is there already. */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server as HttpServer,
} from "node:http";
import type { AddressInfo } from "node:net";

import { metricsHandler } from "./fleet/metrics-handler.ts";
import { checkNames, checkOneOf, requestPath, windowOf } from "./option-value.ts";
import { RequestPatience } from "./upgrade/request-patience.ts";
import { type DrainSettings, Server } from "./server.ts";
import type { ServerParts } from "./server-parts.ts";
import { attachUpgrades } from "./upgrade/upgrade-listener.ts";
import { upgradeHandler, type UpgradeHandler } from "./upgrade/ws-upgrade.ts";

/** Where a server is reached. */
export interface AttachOptions {
  /** The path of the upgrade request, without a query. Default `/`. */
  readonly path?: string;
}

/** A port of the server's own. */
export interface ListenOptions extends AttachOptions {
  /** Default: every address of the machine. */
  readonly host?: string;
  /**
   * A path such as `/metrics` at which the fleet is shown as OpenMetrics text, and below which `fleet.json` is the same as JSON.
   * Everybody who reaches the port may read it. Default: nowhere.
   */
  readonly metrics?: string;
}

/** How a server on ports is emptied. */
export interface NodeDrainSettings extends DrainSettings {
  /**
   * What becomes of the ports that `listen` opened. `"open"` (default): they go on answering until `close`, upgrades with
   * 4503 and ordinary requests with HTTP 503, so that a load balancer sees a server that leaves and not one that died.
   * `"closed"`: the next process may have them at once.
   */
  readonly ports?: "open" | "closed";
}

/**
 * How many connections may wait in the kernel until this process takes them; Linux allows 4,096 where nobody says
 * otherwise. Node asks for 511, and beyond that the kernel resets connections: when all clients of a server dial at once.
 */
const backlog = 4_096;

/** All there are. A host that is misspelt would be every address of the machine. */
const listenNames: { readonly [Name in keyof Required<ListenOptions>]: true } = {
  path: true,
  host: true,
  metrics: true,
};

const attachNames: { readonly [Name in keyof Required<AttachOptions>]: true } = { path: true };

const drainNames: { readonly [Name in keyof Required<NodeDrainSettings>]: true } = {
  withinMs: true,
  ports: true,
};

const plainText = "text/plain; charset=utf-8";

/** Whether a request is for the counters, as text or as JSON. */
function isAtMetrics({ url = "/" }: IncomingMessage, metrics: string | undefined): boolean {
  const [path] = url.split(/[?#]/, 1);
  return metrics !== undefined && (path === metrics || path === `${metrics}/fleet.json`);
}

/** Serves contracts over `ws`. Made by `createServer`. */
export class NodeServer extends Server {
  readonly #patience: RequestPatience;
  readonly #upgrade: UpgradeHandler;
  readonly #own: HttpServer[] = [];
  readonly #detach: (() => void)[] = [];
  #isClosed = false;

  constructor(parts: ServerParts) {
    super(parts);
    const { limits } = parts.policy;
    this.#patience = new RequestPatience(parts.clock, limits.handshakeMs);
    const handle = upgradeHandler(limits, (request, address) => this.upgrade(request, address));
    this.#upgrade = (request, socket, head) => {
      this.#patience.heard(request.socket);
      handle(request, socket, head);
    };
  }

  /**
   * Listens on a port of its own.
   *
   * @param port 0 for any that is free.
   * @returns the port.
   * @throws Error when the port cannot be had, or the server is closed before; RangeError for a path that no request
   * has, or an option that there is not.
   */
  async listen(port: number, options: ListenOptions = {}): Promise<number> {
    checkNames(listenNames, options);
    this.#checkOpen();
    const unbounded = { requestTimeout: 0, headersTimeout: 0 };
    if (options.metrics !== undefined) requestPath("metrics", options.metrics);
    const metrics = metricsHandler(this);
    const http = createHttpServer(unbounded, (request, response) => {
      if (isAtMetrics(request, options.metrics)) {
        metrics(request, response);
        return;
      }
      if (this.isDraining) {
        response.writeHead(503, { Connection: "close", "Content-Type": plainText });
        response.end("This server is going away.\n");
        return;
      }
      response.writeHead(426, {
        Connection: "Upgrade, close",
        Upgrade: "websocket",
        "Content-Type": plainText,
      });
      response.end("This address speaks WebSocket.\n");
    });
    this.#patience.watch(http);
    this.attach(http, options.path === undefined ? {} : { path: options.path });
    await new Promise<void>((resolve, reject) => {
      http.once("error", reject);
      http.listen({ port, host: options.host, backlog }, () => {
        http.off("error", reject);
        resolve();
      });
    });
    if (this.#isClosed) http.close(); // meanwhile: nobody else would
    this.#checkOpen();
    this.#own.push(http);
    return (http.address() as AddressInfo).port; // a server that listens on a port has such an address
  }

  /**
   * Takes the upgrades of an existing HTTP server that ask for `path`, until this server has closed. All others are
   * left to its other listeners. A `ws` server beside it needs `noServer`: with `server` and `path` it answers every
   * other path with 400, those of this server too.
   *
   * @throws Error when another server is attached there already, or this one is closed; RangeError for a path that no
   * request has, or an option that there is not.
   */
  attach(http: HttpServer, options: AttachOptions = {}): void {
    checkNames(attachNames, options);
    this.#checkOpen();
    this.#detach.push(
      attachUpgrades(http, requestPath("path", options.path ?? "/"), this.#upgrade),
    );
  }

  /** As {@link Server.drain}; of an HTTP server that was there already only the upgrades are taken, to be refused. */
  override drain(settings: NodeDrainSettings = {}): Promise<void> {
    checkNames(drainNames, settings);
    const { ports = "open", ...window } = settings;
    checkOneOf("ports", ports, ["open", "closed"]);
    const drained = super.drain(window); // throws where the window is none
    if (ports === "closed") void this.#stopListening();
    return drained;
  }

  /** As {@link Server.close}; a port of its own is closed, an HTTP server that was there already is left alone. */
  override async close(options: { readonly withinMs?: number } = {}): Promise<void> {
    windowOf(options, 0); // nothing is closed where that is none
    this.#isClosed = true;
    const stopped = this.#stopListening();
    await super.close(options);
    // Whoever never finished asking for an upgrade has nothing to lose, and would be waited for.
    for (const http of this.#own) http.closeAllConnections();
    await stopped;
    for (const detach of this.#detach.splice(0)) detach();
  }

  #checkOpen(): void {
    if (this.#isClosed) throw new Error("This server was closed; make another one.");
  }

  /** Settles when the last connection to the ports has ended. */
  async #stopListening(): Promise<void> {
    const closed = this.#own.map(
      (http) => new Promise<void>((resolve) => http.close(() => resolve())),
    );
    await Promise.all(closed);
  }
}
