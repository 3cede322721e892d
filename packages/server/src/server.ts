/** A server: services on one side, transports on the other. */
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type Clock,
  type Limits,
  type Refusal,
  refusal,
  type Transport,
} from "@concordat/core/internal";

import type { AdmissionPolicy } from "./admission.ts";
import type { ConnectionRequest } from "./authenticate.ts";
import { Connection } from "./connection.ts";
import type { AllowedOrigins } from "./origin.ts";
import { attachUpgrades } from "./upgrade-listener.ts";
import { upgradeHandler, type UpgradeHandler } from "./ws-upgrade.ts";

/** What a server is made of; see `createServer` for the options that it comes from. */
export interface ServerParts {
  readonly policy: AdmissionPolicy;
  readonly origins: AllowedOrigins;
  readonly refuseAt: "close" | "upgrade";
  readonly clock: Clock;
}

/** Where a server is reached. */
export interface AttachOptions {
  /** The path of the upgrade request, without a query. Default `/`. */
  readonly path?: string;
}

/** Serves contracts. Made by `createServer`. */
export class Server {
  readonly #parts: ServerParts;
  readonly #limits: Limits;
  readonly #upgrade: UpgradeHandler;
  readonly #connections = new Set<Connection>();
  /** Those that nobody has let in yet. */
  readonly #greeting = new Set<Connection>();
  readonly #own: HttpServer[] = [];
  readonly #detach: (() => void)[] = [];
  #whenIdle: (() => void) | undefined;
  #closing = false;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#limits = parts.policy.limits;
    const { origins, refuseAt, policy } = parts;
    this.#upgrade = upgradeHandler({
      services: policy.services,
      origins,
      refuseAt,
      limits: this.#limits,
      isCrowded: () => this.#greeting.size >= this.#limits.handshakes,
      accept: (transport, request, refused) => this.#accept(transport, request, refused),
    });
  }

  /** How many connections are open, and how many calls on them. */
  get load(): { readonly connections: number; readonly calls: number } {
    let calls = 0;
    for (const connection of this.#connections) calls += connection.callsOpen;
    return { connections: this.#connections.size, calls };
  }

  /**
   * Listens on a port of its own.
   *
   * @param port 0 for any that is free.
   * @returns the port.
   * @throws Error when the port cannot be had.
   */
  async listen(
    port: number,
    options: AttachOptions & { readonly host?: string } = {},
  ): Promise<number> {
    const { handshakeMs } = this.#limits;
    const patience = {
      requestTimeout: handshakeMs,
      connectionsCheckingInterval: Math.min(handshakeMs, 1_000),
    };
    const http = createHttpServer(patience, (_request, response) => {
      response.writeHead(426, {
        Connection: "Upgrade, close",
        Upgrade: "websocket",
        "Content-Type": "text/plain; charset=utf-8",
      });
      response.end("This address speaks WebSocket.\n");
    });
    this.attach(http, options);
    await new Promise<void>((resolve, reject) => {
      http.once("error", reject);
      http.listen(port, options.host, () => {
        http.off("error", reject);
        resolve();
      });
    });
    this.#own.push(http);
    return (http.address() as AddressInfo).port; // a server that listens on a port has such an address
  }

  /**
   * Takes the upgrades of an existing HTTP server that ask for `path`, until this server has closed. All others are
   * left to its other listeners.
   *
   * @throws Error when another server is attached there already.
   */
  attach(http: HttpServer, options: AttachOptions = {}): void {
    this.#detach.push(attachUpgrades(http, options.path ?? "/", this.#upgrade));
  }

  /** Serves one open pipe that is no WebSocket of an HTTP server: a MessagePort, a pipe in memory, another runtime's socket. */
  accept(transport: Transport, request: Partial<ConnectionRequest> = {}): void {
    const { origin, address, headers = new Map<string, string>() } = request;
    this.#accept(transport, { origin, address, headers }, undefined);
  }

  /**
   * Stops: takes no new connections, tells every client to go elsewhere, gives open calls `withinMs` to end, closes.
   *
   * @param options `withinMs`: default 5,000. Clients dial again after a random part of the same time, so that
   * they do not all come back at once.
   */
  async close(options: { readonly withinMs?: number } = {}): Promise<void> {
    const { withinMs = 5_000 } = options;
    this.#closing = true;
    const stopped = this.#own.map(
      (http) => new Promise<void>((resolve) => http.close(() => resolve())),
    );
    for (const connection of this.#connections) connection.goaway(withinMs);
    await this.#idle(withinMs);
    for (const connection of this.#connections) connection.close("draining", { spread: withinMs });
    this.#parts.policy.sessions.close();
    // Whoever never finished asking for an upgrade has nothing to lose, and would be waited for.
    for (const http of this.#own) http.closeAllConnections();
    await Promise.all(stopped);
    for (const detach of this.#detach.splice(0)) detach();
  }

  #accept(
    transport: Transport,
    request: Omit<ConnectionRequest, "credentials" | "client">,
    refused: Refusal | undefined,
  ): void {
    const { policy, clock } = this.#parts;
    const connection = new Connection({
      transport,
      request,
      policy,
      clock,
      refused: () => (this.#closing ? draining() : refused),
      greeted: (greeted) => this.#greeting.delete(greeted),
      ended: (ended) => {
        this.#connections.delete(ended);
        this.#greeting.delete(ended);
        this.#look();
      },
    });
    if (connection.isClosed) return; // the transport came with its end
    this.#connections.add(connection);
    this.#greeting.add(connection);
  }

  /** Settles when no call is open any more, or the time is over. */
  #idle(withinMs: number): Promise<void> {
    const { clock } = this.#parts;
    return new Promise((resolve) => {
      const end = clock.now() + withinMs;
      let callOff: (() => void) | undefined;
      const look = (): void => {
        callOff?.();
        if (this.load.calls === 0 || clock.now() >= end) {
          this.#whenIdle = undefined;
          resolve();
        } else callOff = clock.wakeAt(Math.min(end, clock.now() + 50), look);
      };
      this.#whenIdle = look;
      look();
    });
  }

  #look(): void {
    this.#whenIdle?.();
  }
}

function draining(): Refusal {
  return refusal("draining", {
    message: "This server is going away; another one will answer.",
    retryAfterMs: 1_000,
  });
}
