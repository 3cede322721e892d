/** Whether there is room for one more connection. */
import type { Limits, Refusal } from "@concordat/core/internal";

import { Addresses } from "./addresses.ts";
import { busy, crowded, full } from "./turned-away.ts";

/** As much of a set of connections as is looked at. */
interface Counted {
  readonly size: number;
}

/** The room of one server. */
export class Room {
  readonly #limits: Limits;
  readonly #addresses: Addresses;
  readonly #greeting: Counted;
  readonly #speakers: Counted;

  /** @param greeting Those that nobody has let in yet. */
  constructor(limits: Limits, greeting: Counted, speakers: Counted) {
    this.#limits = limits;
    this.#addresses = new Addresses(limits.connectionsPerAddress);
    this.#greeting = greeting;
    this.#speakers = speakers;
  }

  /** Why nobody gets a socket now. */
  refused(): Refusal | undefined {
    if (this.#isFull) return full();
    return this.#greeting.size >= this.#limits.handshakes ? busy() : undefined;
  }

  /** One comes in, and is counted for its address. Returns why it may not stay. */
  enter(address: string | undefined): Refusal | undefined {
    const isOneTooMany = this.#addresses.enter(address);
    if (this.#isFull) return full();
    return isOneTooMany ? crowded() : undefined;
  }

  /** One that was counted is gone. */
  leave(address: string | undefined): void {
    this.#addresses.leave(address);
  }

  get #isFull(): boolean {
    return this.#greeting.size + this.#speakers.size >= this.#limits.connections;
  }
}
