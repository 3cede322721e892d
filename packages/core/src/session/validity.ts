/** Until when a client is who it said it is, by the wall clock, and how it is told. */
import type { SessionFrame } from "../wire/frame.ts";
import type { SessionPort } from "./session-port.ts";

/** The end of a client's credentials, which is the end of its connection. */
export class Validity {
  readonly #port: Pick<SessionPort, "pending">;
  readonly #session: { send(frame: SessionFrame): void };
  #endsAt = Infinity;

  /** @param session Sends a frame, where the connection is open. */
  constructor(port: Pick<SessionPort, "pending">, session: { send(frame: SessionFrame): void }) {
    this.#port = port;
    this.#session = session;
  }

  /** `Infinity` for as long as the connection lasts. */
  get endsAt(): number {
    return this.#endsAt;
  }

  /** The connection closes with 4501 at that time, unless it is moved before. */
  endAt(at: number): void {
    this.#endsAt = at;
    this.#port.pending();
  }

  /** Tells a client with the capability `renew` how much time is left. */
  announce(now: number): void {
    // 0 says never, and a time that is over has closed the connection.
    const withinMs = this.#endsAt === Infinity ? 0 : Math.max(1, Math.ceil(this.#endsAt - now));
    this.#session.send({ kind: "expiry", id: 0, withinMs });
  }
}
