/** A server: services on one side, transports on the other. Nothing of it needs Node; `node-server.ts` adds the ports. */
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
import { judgeUpgrade, type Upgrade, type UpgradePolicy, type UpgradeRequest } from "./upgrade.ts";

/** What a server is made of; see `createServer` for the options that it comes from. */
export interface ServerParts {
  readonly policy: AdmissionPolicy;
  readonly origins: AllowedOrigins;
  readonly refuseAt: "close" | "upgrade";
  readonly clock: Clock;
}

/** Serves contracts. Made by `createServer`. */
export class Server {
  readonly #parts: ServerParts;
  readonly #limits: Limits;
  readonly #upgrades: UpgradePolicy;
  readonly #connections = new Set<Connection>();
  /** Those that nobody has let in yet. */
  readonly #greeting = new Set<Connection>();
  #whenIdle: (() => void) | undefined;
  #closing = false;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    this.#limits = parts.policy.limits;
    const { origins, refuseAt, policy } = parts;
    this.#upgrades = {
      services: policy.services,
      origins,
      refuseAt,
      isCrowded: () => this.#greeting.size >= this.#limits.handshakes,
      accept: (transport, request, refused) => this.#accept(transport, request, refused),
    };
  }

  /** How many connections are open, and how many calls on them. */
  get load(): { readonly connections: number; readonly calls: number } {
    let calls = 0;
    for (const connection of this.#connections) calls += connection.callsOpen;
    return { connections: this.#connections.size, calls };
  }

  /**
   * Decides about an upgrade request in a runtime of the `fetch` kind: Bun, Deno, Workers. Never throws.
   *
   * @param address The client's network address, where the runtime tells it. Default: unknown.
   */
  upgrade(request: UpgradeRequest, address?: string): Upgrade {
    return judgeUpgrade(request, address, this.#upgrades);
  }

  /**
   * Serves one open pipe that is no WebSocket of an HTTP server: a MessagePort, a pipe in memory, a socket of your own.
   *
   * Whoever opened it has decided that its other end may connect: origins are looked at by {@link upgrade} only.
   */
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
    for (const connection of this.#connections) connection.goaway(withinMs);
    await this.#idle(withinMs);
    for (const connection of this.#connections) connection.close("draining", { spread: withinMs });
    this.#parts.policy.sessions.close();
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
