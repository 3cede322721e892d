/** A server: services on one side, transports on the other. Nothing of it needs Node; `node-server.ts` adds the ports. */
import type { NotifyingContract, Peer } from "@concordat/core";
import { Agenda, FrameReader, type Refusal, type Transport } from "@concordat/core/internal";

import type { ConnectionRequest } from "./peer/authenticate.ts";
import { Connection } from "./connection/connection.ts";
import type { ConnectionHost } from "./connection/connection-options.ts";
import { Drains } from "./drain/drains.ts";
import { Room } from "./connection/room.ts";
import { draining } from "./connection/turned-away.ts";
import { notify } from "./notification/notify.ts";
import type { FleetSnapshot } from "./fleet/fleet-snapshot.ts";
import { checkPipe } from "./connection/pipe-check.ts";
import type { Arrival } from "./peer/identity.ts";
import { checkFunction, needFunction, windowOf } from "./option-value.ts";
import type { FloorOptions, Retirement } from "./retirement/retirement.ts";
import type { ServerParts } from "./server-parts.ts";
import {
  judgeUpgrade,
  type Upgrade,
  type UpgradePolicy,
  type UpgradeRequest,
} from "./upgrade/upgrade.ts";

/** How a server is emptied. */
export interface DrainSettings {
  /** When the last connection is closed, in milliseconds from now. Default 20,000: less than the 30 s of Kubernetes. */
  readonly withinMs?: number;
}

/** Serves contracts. Made by `createServer`. */
export class Server {
  readonly #parts: ServerParts;
  readonly #upgrades: UpgradePolicy;
  /** Those that nobody has let in yet. */
  readonly #greeting = new Set<Connection>();
  /** Those that were let in. */
  readonly #speakers = new Set<Connection>();
  readonly #host: ConnectionHost;
  readonly #room: Room;
  readonly #drains = new Drains();
  #isDraining = false;
  readonly #retirement: Retirement;

  constructor(parts: ServerParts) {
    this.#parts = parts;
    const { origins, refuseAt, trustedProxies, policy, clock, random } = parts;
    this.#room = new Room(policy.limits, this.#greeting, this.#speakers);
    this.#host = {
      policy,
      clock,
      random,
      alarm: new Agenda(clock),
      reader: new FrameReader(policy.limits),
      // While the server is emptied, only those are let in that come back to what they have here.
      refused: (isBack) =>
        this.#isDraining && !(isBack && this.#drains.isRunning) ? draining() : undefined,
      greeted: (connection) => this.#greeted(connection),
      ended: (connection) => this.#ended(connection),
    };
    this.#retirement = parts.retirement(this.#speakers);
    this.#upgrades = {
      served: policy.served,
      refused: (refused) => policy.fleet.refused(refused),
      origins,
      refuseAt,
      trustedProxies,
      readsHeaders: policy.authenticate !== undefined,
      crowd: () => this.#room.refused(),
      accept: (transport, arrival, refused) => this.#accept(transport, arrival, refused),
    };
  }

  /** How many connections are open, and how many calls on them. */
  get load(): { readonly connections: number; readonly calls: number } {
    let calls = 0;
    for (const connection of this.#speakers) calls += connection.callsOpen;
    return { connections: this.#greeting.size + this.#speakers.size, calls };
  }

  /** Whether it takes no new clients any more, since `drain` or `close`. For an answer to a load balancer's check. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** Who is still there, by release, procedure and client, for operators and `concordat check --fleet`. Plain JSON. */
  fleet(): FleetSnapshot {
    return this.#parts.policy.fleet.snapshot();
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
    checkPipe(transport, request);
    const { origin, address, headers = new Map<string, string>() } = request;
    this.#accept(transport, { origin, address, headers }, undefined);
  }

  /**
   * The functions that send a contract's notifications: `server.notify(orders).changed(…)`.
   *
   * @param isMeant Whether a client is told. Default: everybody whose release has the notification.
   * @throws Error where the contract is not served here.
   */
  notify<Notifiers>(
    contract: NotifyingContract<Notifiers>,
    isMeant: (peer: Peer) => boolean = () => true,
  ): Notifiers {
    const { policy } = this.#parts;
    checkFunction("isMeant", isMeant);
    return notify(policy, contract, () => policy.audience.of(isMeant));
  }

  /**
   * Moves the floor of a contract on the running server, up or down.
   *
   * Up: whoever comes with an older release is refused from now on. Connected ones get a notice, then a `goaway` each at
   * a moment of its own, and are closed with 4426 where they do not leave. Down: they are let in again, and those
   * who have not left yet may stay. Holds until the process ends or the sunset of another release comes.
   *
   * @param options What is said about it, and `withinMs`: when the last of them is gone. Default ten minutes.
   * @returns how many connected clients were told to leave; who was told before, and has no less time now, is not among them.
   * @throws Error when there is no such contract, or the release is none of it, is above its newest one, or
   * needs adapters that were never written, or when a day or an address of `options` is none; RangeError for a `withinMs`
   * that is no time.
   */
  setFloor(contract: string, release: string, options: FloorOptions = {}): number {
    return this.#retirement.setFloor(contract, release, options);
  }

  /**
   * Withdraws a whole contract on the running server: its clients are refused and closed with 4410, until `setFloor` brings
   * it back. For `options`, what it returns and what it throws see {@link setFloor}.
   */
  retire(contract: string, options: FloorOptions = {}): number {
    return this.#retirement.retire(contract, options);
  }

  /**
   * Empties the server without a client noticing: for a deploy, before `close`.
   *
   * From now on clients that dial are refused with 4503. Those that are connected are asked to leave, one by one over
   * the first half of the window: they make new calls on another connection, finish the open ones on this one, and
   * close it. Whoever was lost while its calls ran may come back to them. What is still open at the end of the window is cut.
   *
   * @returns a promise that settles when no connection is left, `withinMs` from now at the latest.
   */
  drain(options: DrainSettings = {}): Promise<void> {
    const withinMs = windowOf(options, 20_000);
    return this.#drain(withinMs, withinMs / 2);
  }

  /**
   * Asks clients to show their credentials again: after a password was changed, or a permission taken away.
   *
   * @param matches Whether a peer is meant. Called for each client that is connected, or expected back; and later for those
   * whose credentials are being checked now, when it is known who they are.
   * @param options `withinMs`: how long they have, default 30,000. The connections of those that do not, or whose
   * credentials are turned down, are closed with 4501 or 4401. 0 closes at once: they connect anew where they can. Sessions that wait for such a
   * client end in the same time; where it comes back before, it has shown its credentials.
   * @returns how many clients are meant.
   */
  reauthenticate(
    matches: (peer: Peer) => boolean,
    options: { readonly withinMs?: number } = {},
  ): number {
    const withinMs = windowOf(options, 30_000);
    needFunction("reauthenticate", matches);
    const meant = [...this.#speakers].filter(({ peer }) => peer !== undefined && matches(peer));
    for (const connection of meant) connection.reauthenticate(withinMs);
    const { policy, clock } = this.#parts;
    const endsAt = clock.now() + withinMs;
    for (const connection of this.#greeting)
      connection.doubt((identity) => {
        if (matches(identity.peer)) identity.reauthenticate(endsAt - clock.now());
      });
    return meant.length + policy.sessions.endBy(endsAt, matches);
  }

  /**
   * Stops: takes no new connections, asks every client at once to go elsewhere, gives open calls `withinMs` to end,
   * and closes. After a `drain` there is nobody left to ask.
   *
   * @param options `withinMs`: default 5,000. Clients that have to be closed dial again after a random part of the
   * same time, so that they do not all come back at once.
   */
  async close(options: { readonly withinMs?: number } = {}): Promise<void> {
    await this.#drain(windowOf(options, 5_000), 0);
    this.#drains.stop(); // also a slower one that still expects somebody back
    this.#parts.policy.sessions.close();
    for (const connection of this.#greeting) connection.reject(draining()); // came meanwhile, and said nothing
  }

  async #drain(withinMs: number, spreadMs: number): Promise<void> {
    this.#isDraining = true;
    for (const connection of this.#greeting) connection.reject(draining());
    const { clock, random, policy } = this.#parts;
    await this.#drains.run([...this.#greeting, ...this.#speakers], {
      clock,
      random,
      withinMs,
      spreadMs,
      closeName: "draining",
      isExpecting: () => policy.sessions.owes,
    });
    if (!this.#drains.isRunning) policy.sessions.close(); // nobody comes back to them any more
  }

  #accept(transport: Transport, arrival: Arrival, refused: Refusal | undefined): void {
    const crowd = this.#room.enter(arrival.address); // counted, whatever else is said against it
    const why = refused ?? crowd;
    const connection = new Connection({ host: this.#host, transport, arrival, refused: why });
    if (!connection.isClosed) this.#greeting.add(connection); // the transport may come with its end
  }

  #greeted(connection: Connection): void {
    this.#greeting.delete(connection);
    this.#speakers.add(connection);
    this.#retirement.joined(connection);
    if (!this.#isDraining) return;
    // One that came back is asked to leave as soon as it has its welcome.
    this.#parts.clock.endOfTurn(() => {
      if (!connection.isClosed) this.#drains.add(connection);
    });
  }

  #ended(connection: Connection): void {
    this.#greeting.delete(connection);
    if (this.#speakers.delete(connection)) this.#retirement.left(connection);
    this.#room.leave(connection.address);
    this.#drains.ended(connection);
  }
}
