/** What clients dial: the server of the day, and while it is replaced the old one too. */
import type { Transport } from "@concordat/core/internal";
import type { FakeClock } from "@concordat/testing";

import type { Server } from "../../src/index.ts";
import { sendNews, serve, type ServedWorld } from "./work-server.ts";

/** How long a server has to empty itself: more than any call of a program takes. */
const drainMs = 30_000;

/** The servers of one run, one after the other. */
export class ServerFront {
  readonly #world: ServedWorld;
  readonly #servers: Server[];
  /** Whether dials still come to the server that drains, now and then: its balancer has not heard of it. */
  #isMixed = false;
  #news = 0;
  #drained: Promise<void> = Promise.resolve();

  constructor(world: ServedWorld) {
    this.#world = world;
    this.#servers = [serve(world)];
  }

  /** How often a server was replaced. */
  get drains(): number {
    return this.#servers.length - 1;
  }

  /** A client has dialled. */
  accept(inner: Transport): void {
    const { random, witness } = this.#world;
    const { transport, address } = witness.watch(inner);
    const server = this.#servers.at(this.#isMixed && random() < 0.5 ? -2 : -1);
    server?.accept(transport, { address });
  }

  /** Tells a client a few things, on whichever of the servers it is: they all hear of what happens. */
  tell(client: number): void {
    const { random } = this.#world;
    for (let left = 1 + Math.floor(random() * 4); left > 0; left -= 1) {
      this.#news += 1;
      for (const server of this.#servers) sendNews(server, client, this.#news, this.#world);
    }
  }

  /** Puts another server in the place of this one, which drains. */
  replace(): void {
    const { clock, random } = this.#world;
    const old = this.#servers.at(-1);
    this.#servers.push(serve(this.#world));
    this.#isMixed = true;
    clock.wakeAt(clock.now() + random() * 10_000, () => (this.#isMixed = false));
    this.#drained = this.#empty(old);
  }

  /** Ends all servers. Returns what is left of them. */
  async close(clock: FakeClock): Promise<readonly string[]> {
    const closed = this.#servers.map((server) => server.close({ withinMs: 0 }));
    await clock.advance(100_000);
    await Promise.all([...closed, this.#drained]);
    const calls = this.#servers.reduce((sum, { load }) => sum + load.calls, 0);
    return calls > 0 ? [`${calls} calls are open after the end`] : [];
  }

  async #empty(server: Server | undefined): Promise<void> {
    await server?.drain({ withinMs: drainMs });
    await server?.close({ withinMs: 0 });
  }
}
