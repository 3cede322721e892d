/** Until when a client is who it said it is, by the wall clock, and how it is told. */
import type { SessionFrame } from "../wire/frame.ts";

/** What a validity asks of its session. */
export interface ValidityPort {
  /** The end has moved. */
  changed(): void;
  /** Sends a frame, where the connection is open. */
  send(frame: SessionFrame): void;
}

/** The end of a client's credentials, which is the end of its connection. */
export class Validity {
  readonly #port: ValidityPort;
  #endsAt = Infinity;

  constructor(port: ValidityPort) {
    this.#port = port;
  }

  /** `Infinity` for as long as the connection lasts. */
  get endsAt(): number {
    return this.#endsAt;
  }

  /** The connection closes with 4501 at that time, unless it is moved before. */
  endAt(at: number): void {
    this.#endsAt = at;
    this.#port.changed();
  }

  /** Tells a client with the capability `renew` how much time is left. */
  announce(now: number): void {
    // 0 says never, and a time that is over has closed the connection.
    const withinMs = this.#endsAt === Infinity ? 0 : Math.max(1, Math.ceil(this.#endsAt - now));
    this.#port.send({ kind: "expiry", id: 0, withinMs });
  }
}
