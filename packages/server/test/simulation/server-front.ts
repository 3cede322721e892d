/** What clients dial: the server of the day, and while it is replaced the old one too. */
import type { Transport } from "@concordat/core/internal";
import type { FakeClock } from "@concordat/testing";

import type { Server } from "../../src/index.ts";
import { Door } from "./door.ts";
import type { Release } from "./releases.ts";
import { doubt, sendNews, serve, type ServedWorld } from "./work-server.ts";

/** How long a server has to empty itself: more than any call of a program takes. */
export const drainMs = 30_000;

/** One server, with all that it ever let in. */
interface Post {
  readonly server: Server;
  readonly doors: Door[];
  isDead: boolean;
}

/** The servers of one run, one after the other. */
export class ServerFront {
  readonly #world: ServedWorld;
  readonly #posts: Post[] = [];
  /** Whether dials still come to the server that drains, now and then: its balancer has not heard of it. */
  #isMixed = false;
  #news = 0;
  #floor: Release = "1.0.0";
  #isWithdrawn = false;
  readonly #ends: Promise<void>[] = [];
  /** How often a server was replaced. */
  drains = 0;

  constructor(world: ServedWorld) {
    this.#world = world;
    this.#start(world.upheavals.releases === "rolling" ? "2.0.0" : "3.0.0");
  }

  /** A client has dialled. */
  accept(inner: Transport): void {
    const { random, witness } = this.#world;
    const living = this.#living();
    const post = living.at(this.#isMixed && random() < 0.5 ? -2 : -1) ?? living.at(-1);
    if (post === undefined) return inner.close(1006, "");
    const door = new Door(inner, this.#world.clock.now());
    const { transport, address } = witness.watch(door, this.#posts.indexOf(post));
    post.doors.push(door);
    return post.server.accept(transport, { address });
  }

  /** Tells a client a few things, on whichever of the servers it is: they all hear of what happens. */
  tell(client: number): void {
    const { random, upheavals } = this.#world;
    const most = upheavals.bursts ? 150 : 4;
    for (let left = 1 + Math.floor(random() * most); left > 0; left -= 1) {
      this.#news += 1;
      for (const { server } of this.#living()) sendNews(server, client, this.#news, this.#world);
    }
  }

  /** Puts another server in the place of this one, which drains. */
  replace(): void {
    const { clock, random } = this.#world;
    const old = this.#living().at(-1);
    this.drains += 1;
    this.#start("3.0.0");
    this.#isMixed = true;
    clock.wakeAt(clock.now() + random() * 10_000, () => (this.#isMixed = false));
    if (old !== undefined) this.#ends.push(this.#empty(old));
  }

  /** The newest server dies. Its machine may be gone too, so that nobody says so. The next one is there after some time. */
  kill(downMs: number): void {
    const { clock, planted } = this.#world;
    const post = this.#living().at(-1);
    if (post === undefined) return;
    const isHeard = this.#world.random() < 0.5;
    if (planted.does("sessions", "outlive")) {
      for (const door of post.doors) door.leave();
      this.#world.witness.moved(this.#posts.indexOf(post)); // as if another one had taken its sessions over
      return;
    }
    post.isDead = true;
    for (const door of post.doors) door.kill(isHeard);
    this.#ends.push(post.server.close({ withinMs: 0 }));
    clock.wakeAt(clock.now() + downMs, () => this.#start("3.0.0"));
  }

  /** Every server has another floor from now on. */
  setFloor(floor: Release, withinMs: number): void {
    const { ledger, planted } = this.#world;
    ledger.floors.moved(floor);
    if (planted.does("floors", "lose")) return;
    this.#floor = planted.does("floors", "overstate") ? "3.0.0" : floor;
    for (const { server } of this.#living()) server.setFloor("work", this.#floor, { withinMs });
  }

  /** Withdraws what clients can do without, or brings it back. */
  withdraw(isWithdrawn: boolean, withinMs: number): void {
    const { planted } = this.#world;
    this.#isWithdrawn = isWithdrawn;
    if (isWithdrawn && !planted.does("contracts", "withhold"))
      this.#world.ledger.wasWithdrawn = true;
    for (const { server } of this.#living()) {
      if (isWithdrawn) server.retire("extra", { withinMs });
      else server.setFloor("extra", "0.0.0");
    }
  }

  /** A client has to show its credentials again. */
  doubt(client: number, withinMs: number): void {
    for (const { server } of this.#living()) doubt(server, client, withinMs, this.#world);
  }

  /** Something is downloaded, so that a browser closes the sockets of some pages that have been open for a while. */
  leave(): void {
    const { clock, random } = this.#world;
    for (const { doors } of this.#living()) {
      for (const door of doors)
        if (door.openedAt < clock.now() - 2_000 && random() < 0.5) door.leave();
    }
  }

  /** Ends all servers. Returns what is left of them. */
  async close(clock: FakeClock): Promise<readonly string[]> {
    const closed = this.#living().map(({ server }) => server.close({ withinMs: 0 }));
    await clock.advance(100_000);
    await Promise.all([...closed, ...this.#ends]);
    const left = new Map([["handlers", this.#world.running.count]]);
    for (const { server } of this.#posts) {
      const counts = server.fleet();
      for (const [what, count] of Object.entries(server.load)) add(left, what, count);
      add(left, "counted connections", openIn(counts.connections));
      add(left, "counted calls", openIn(counts.calls));
    }
    return [...left]
      .filter(([, count]) => count !== 0)
      .map(([what, count]) => `${count} ${what} are open after the end`);
  }

  #living(): readonly Post[] {
    return this.#posts.filter(({ isDead }) => !isDead);
  }

  #start(newest: Release): void {
    const post: Post = {
      server: serve(this.#world, newest, () => post.isDead),
      doors: [],
      isDead: false,
    };
    if (this.#floor !== "1.0.0") post.server.setFloor("work", this.#floor);
    if (this.#isWithdrawn) post.server.retire("extra");
    this.#posts.push(post);
  }

  async #empty({ server }: Post): Promise<void> {
    await server.drain({ withinMs: drainMs });
    await server.close({ withinMs: 0 });
  }
}

function add(counts: Map<string, number>, what: string, count: number): void {
  counts.set(what, (counts.get(what) ?? 0) + count);
}

function openIn(rows: readonly { readonly open: number }[]): number {
  return rows.reduce((sum, { open }) => sum + open, 0);
}
