/** What a test left behind: calls, connections, timers, listeners and pipes, each by its name. */
import { type Clock, systemClock } from "@concordat/core/internal";
import type { Transport } from "@concordat/core/transport";

import { settle } from "./fake-clock.ts";
import { ListenerCount, type ListenerTarget } from "./listener-count.ts";
import { WatchedClock } from "./watched-clock.ts";

/** As much of a server as is looked at. */
export interface WatchedServer {
  readonly load: { readonly connections: number; readonly calls: number };
}

/** As much of a client as is looked at. */
export interface WatchedClient {
  readonly state: string;
}

/** States in which a client has nothing open and waits for nothing. */
const restingStates: ReadonlySet<string> = new Set(["idle", "closed", "refused"]);

/**
 * Watches what a test makes, and says at its end what is still there.
 *
 * Give {@link LeakCheck.clock} to the client and the server, and show it the rest. Then close them, and call
 * {@link LeakCheck.expectNothing}.
 */
export class LeakCheck {
  readonly #clock: WatchedClock;
  /** Says what of one watched thing is left: nothing, where all is well. */
  readonly #watched: (() => readonly string[])[] = [];

  /** @param clock The clock beneath: a FakeClock, or by default the machine's. */
  constructor(clock: Clock = systemClock) {
    this.#clock = new WatchedClock(clock);
  }

  /** The clock for what is watched: its wake-ups are counted. */
  get clock(): Clock {
    return this.#clock;
  }

  /** Watches a server: its connections and its calls. Returns the same server. */
  server<Server extends WatchedServer>(server: Server, name = "the server"): Server {
    this.#watched.push(() => {
      const { connections, calls } = server.load;
      return [
        ...counted(calls, "call", `open at ${name}`),
        ...counted(connections, "connection", `open at ${name}`),
      ];
    });
    return server;
  }

  /** Watches a client: it has to be closed, or never to have been used. Returns the same client. */
  client<Client extends WatchedClient>(client: Client, name = "the client"): Client {
    this.#watched.push(() =>
      restingStates.has(client.state) ? [] : [`${name} is ${client.state}`],
    );
    return client;
  }

  /** Watches a pipe: it has to end. Use what is returned in its place. */
  transport(transport: Transport, name = "a pipe"): Transport {
    let isOpen = true;
    this.#watched.push(() => (isOpen ? [`${name} is open`] : []));
    return {
      get bufferedBytes() {
        return transport.bufferedBytes;
      },
      send: (message) => transport.send(message),
      close: (code, reason) => transport.close(code, reason),
      listen: (listener) =>
        transport.listen({
          message: (message) => listener.message(message),
          closed(code, reason) {
            isOpen = false;
            listener.closed(code, reason);
          },
        }),
    };
  }

  /** Watches the listeners of an AbortSignal, a socket, a port or any other event target. Returns the same target. */
  target<Target extends ListenerTarget>(target: Target, name: string): Target {
    const count = new ListenerCount(target);
    this.#watched.push(() =>
      Array.from(count.left, ([type, listeners]) =>
        counted(listeners, `listener of "${type}"`, `on ${name}`),
      ).flat(),
    );
    return target;
  }

  /** What is left now, a sentence for each. */
  get left(): readonly string[] {
    return [...this.#watched.flatMap((look) => look()), ...this.#clock.left];
  }

  /**
   * Waits until nothing is left.
   *
   * @param withinMs How long, by the machine's clock. Default 2,000: a socket's close takes its time.
   * @throws Error that names everything that is left then.
   */
  async expectNothing(withinMs = 2_000): Promise<void> {
    const end = Date.now() + withinMs;
    for (await settle(); this.left.length > 0; await settle()) {
      if (Date.now() >= end) throw new Error(`Left behind: ${this.left.join("; ")}.`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

function counted(count: number, what: string, where: string): readonly string[] {
  if (count === 0) return [];
  return [
    `${count} ${what}${count === 1 ? "" : "s"} ${where}`.replace(
      /(listener)( of "[^"]*")s/,
      "$1s$2",
    ),
  ];
}
