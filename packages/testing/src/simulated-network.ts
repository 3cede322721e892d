/** A network on a fake clock: latency, cuts, half-open links and refused dials, all from one seed. */
import { type Clock, MemoryTransport, type Transport } from "@concordat/core/internal";

import {
  type MemoryUpgrade,
  memoryWebSocket,
  type MemoryWebSocketConstructor,
} from "./memory-websocket.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** How bad the network is. */
export interface NetworkWeather {
  /** The longest time that a message is under way, in milliseconds. */
  readonly latencyMs: number;
  /** How probable it is that a dial fails. */
  readonly refuses: number;
  /** How probable it is, for each message, that it is the last one of its connection. */
  readonly cuts: number;
  /** How probable it is that a cut is not noticed by one of the sides. */
  readonly halfOpen: number;
  /**
   * After how many bytes in both directions a connection is cut, asked for each new one: in the middle of a message,
   * which is lost then. Default: never.
   */
  readonly cutAfterBytes?: () => number;
}

/** What a network needs. */
export interface NetworkOptions {
  readonly clock: Clock;
  readonly random: SeededRandom;
  readonly weather: NetworkWeather;
  /** The server's door: its `accept`. */
  readonly accept: (transport: Transport) => void;
}

/** A network between clients that dial and one server. */
export class SimulatedNetwork {
  readonly #options: NetworkOptions;
  #weather: NetworkWeather;
  /** How many connections were made, and how many of them were cut. */
  readonly counts = { connections: 0, cuts: 0 };
  /** What clients take as their `WebSocket`. */
  readonly WebSocket: MemoryWebSocketConstructor;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.#weather = options.weather;
    this.WebSocket = memoryWebSocket((upgrade) => this.#dial(upgrade));
  }

  /** From now on nothing is lost: what is still wrong then is not the network's doing. */
  heal(): void {
    this.#weather = { latencyMs: this.#weather.latencyMs, refuses: 0, cuts: 0, halfOpen: 0 };
  }

  #dial(upgrade: MemoryUpgrade): void {
    const { clock, accept } = this.#options;
    const arrives = clock.now() + this.#delay();
    if (this.#chance(this.#weather.refuses)) {
      clock.wakeAt(arrives, () => upgrade.fail());
      return;
    }
    clock.wakeAt(arrives, () => {
      this.counts.connections += 1;
      let left = this.#weather.cutAfterBytes?.() ?? Infinity;
      const cable = new Cable(clock, {
        delay: () => this.#delay(),
        cut: (bytes) => this.#cut((left -= bytes) < 0),
      });
      upgrade.socket.open(cable.near);
      accept(cable.far);
    });
  }

  /** Whether a message is the last one, and who does not notice. */
  #cut(isDue: boolean): "none" | "both" | "near-unaware" | "far-unaware" {
    const isHealed = this.#weather.cuts === 0 && this.#weather.cutAfterBytes === undefined;
    if (isHealed || !(isDue || this.#chance(this.#weather.cuts))) return "none";
    this.counts.cuts += 1;
    if (!this.#chance(this.#weather.halfOpen)) return "both";
    return this.#chance(0.5) ? "near-unaware" : "far-unaware";
  }

  #delay(): number {
    return Math.ceil(this.#options.random() * this.#weather.latencyMs);
  }

  #chance(probability: number): boolean {
    return this.#options.random() < probability;
  }
}

/** What decides about each message on a cable. */
interface CableFate {
  readonly delay: () => number;
  readonly cut: (bytes: number) => "none" | "both" | "near-unaware" | "far-unaware";
}

/** One connection: two ends, and messages under way in both directions, in order. */
class Cable {
  readonly near: CableEnd;
  readonly far: CableEnd;

  constructor(clock: Clock, fate: CableFate) {
    const cut = (bytes: number): boolean => {
      const how = fate.cut(bytes);
      if (how === "none") return false;
      this.near.isConnected = false;
      this.far.isConnected = false;
      if (how !== "near-unaware")
        clock.wakeAt(clock.now() + fate.delay(), () => this.near.finish(1006, ""));
      if (how !== "far-unaware")
        clock.wakeAt(clock.now() + fate.delay(), () => this.far.finish(1006, ""));
      return true;
    };
    this.near = new CableEnd(clock, fate.delay, cut);
    this.far = new CableEnd(clock, fate.delay, cut);
    this.near.join(this.far);
    this.far.join(this.near);
  }
}

/** One end of a cable. It is a memory transport to whoever holds it, so that a memory socket can open on it. */
class CableEnd extends MemoryTransport {
  readonly #clock: Clock;
  readonly #delay: () => number;
  readonly #cut: (bytes: number) => boolean;
  #other: CableEnd | undefined;
  /** When the last message of this end arrives: none overtakes another. */
  #lastArrival = 0;
  #isClosing = false;
  isConnected = true;

  constructor(clock: Clock, delay: () => number, cut: (bytes: number) => boolean) {
    super();
    this.#clock = clock;
    this.#delay = delay;
    this.#cut = cut;
  }

  override join(other: CableEnd): void {
    this.#other = other;
  }

  override send(message: string | Uint8Array): void {
    if (!this.isConnected || this.#isClosing || this.#cut(message.length)) return;
    this.#later(() => this.#other?.deliver(message));
  }

  override close(code: number, reason: string): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    if (!this.isConnected) {
      // Nobody answers the close frame; whoever asked has stopped to listen, as our clients and servers do.
      this.#clock.wakeAt(this.#clock.now() + 2_000, () => this.finish(1006, ""));
      return;
    }
    this.#later(() => {
      this.#other?.finish(code, reason);
      this.#later(() => this.finish(code, reason));
    });
  }

  #later(run: () => void): void {
    this.#lastArrival = Math.max(this.#lastArrival, this.#clock.now() + this.#delay());
    this.#clock.wakeAt(this.#lastArrival, () => {
      if (this.isConnected) run();
    });
  }
}
