/** Joins one session, one transport and one clock: the one place where bytes, time and the conversation meet. */
import { type Alarm, OwnAlarm, type Sleeper } from "../transport/alarm.ts";
import type { Clock } from "../transport/clock.ts";
import type { Transport, TransportListener } from "../transport/transport.ts";
import { messageOf } from "../error/concordat-error.ts";
import { type Departure, enoughBytes } from "../call/departure.ts";
import { closeCode } from "../wire/close-code.ts";
import type { Limits } from "../wire/limits.ts";
import type { Session, SessionPort } from "./session-port.ts";
import { mostAtOnce, type SlowReader, type SlowReaderOptions } from "./slow-reader.ts";

/** How often the turn's end is looked for before what waits is sent: answers that came together are gone on from together. */
const quietLooks = 2;
/** A generator takes three steps of promises from one item to the next, and its items are to travel together. */
const quietLooksOfStreams = 4;

/** What a pump joins. */
export interface PumpOptions<S extends Session> {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Who wakes the session. Default: the clock. Where there are many sessions, one agenda for all of them. */
  readonly alarm?: Alarm;
  readonly limits: Pick<Limits, "bufferedBytes" | "slowMs">;
  /** Whether the other side has had its answers once no call is open: a server's. Default: false. */
  readonly answers?: boolean;
  /** Makes what watches over a peer that does not read. Absent: no more is sent than fits, or the peer asks for. */
  readonly watch?: ((options: SlowReaderOptions) => SlowReader) | undefined;
  /** Makes the session on the port that the pump implements. */
  readonly session: (port: SessionPort, now: number) => S;
}

/**
 * Starts a session on a transport.
 *
 * Frames of one turn leave together at its end: when nothing was added any more for a few steps of promises. A peer that
 * does not read is closed with 4511, see {@link SlowReader}.
 */
export function pump<S extends Session>(options: PumpOptions<S>): S {
  return new Pump(options).session;
}

/** A server has one for each connection that is open: it makes nothing before it is needed. */
class Pump<S extends Session> implements SessionPort, TransportListener, Sleeper {
  readonly session: S;
  dueAt = Infinity;
  place = -1;
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  readonly #limits: PumpOptions<S>["limits"];
  readonly #makeReader: PumpOptions<S>["watch"];
  /** Made when more waits than is good. */
  #reader: SlowReader | undefined;
  #isFlushing = false;
  /** Whether what waits streams. */
  #streams = false;
  readonly #answers: boolean;

  constructor({
    transport,
    clock,
    alarm,
    limits,
    answers = false,
    watch,
    session,
  }: PumpOptions<S>) {
    this.#answers = answers;
    this.#makeReader = watch;
    this.#transport = transport;
    this.#clock = clock;
    this.#alarm = alarm ?? new OwnAlarm(clock);
    this.#limits = limits;
    this.session = session(this, clock.now());
    transport.listen(this);
    this.#schedule();
  }

  send(message: string | Uint8Array): void {
    try {
      this.#transport.send(message);
    } catch (error) {
      return this.#clock.endOfTurn(() => {
        this.#hangUp(1000, "");
        this.closed(1006, "", messageOf(error));
      });
    }
    if (this.#transport.bufferedBytes > this.#limits.bufferedBytes) this.#watch();
  }

  close(code: number, reason: string): void {
    this.#reader?.stop();
    this.#hangUp(code, reason);
    this.pending(); // the session waits for nothing any more, and neither should the clock
  }

  pending(departure: Departure = "turn"): void {
    if (departure === "now") return this.#flush();
    this.#streams ||= departure === "items";
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    let seen = this.session.waitingBytes;
    let looks = 0;
    const look = (): void => {
      const waiting = this.session.waitingBytes;
      looks = waiting === seen ? looks + 1 : 0;
      seen = waiting;
      const enoughLooks = this.#streams ? quietLooksOfStreams : quietLooks;
      if (looks < enoughLooks && waiting > 0 && waiting < enoughBytes) this.#clock.endOfTurn(look);
      else this.#flush();
    };
    this.#clock.endOfTurn(look);
  }

  message(message: string | Uint8Array): void {
    const now = this.#clock.now();
    if (this.#isFlushing || !this.#answers) this.session.receive(message, now);
    else this.#answer(message, now);
    this.#schedule();
  }

  closed(code: number, reason: string, fault?: string): void {
    this.#reader?.stop();
    this.session.closed(code, reason, fault);
    this.#schedule();
  }

  wake(): void {
    this.session.tick(this.#clock.now());
    this.#schedule();
  }

  /** What is answered while it is received leaves at once: the turn's end has nothing to add. */
  #answer(message: string | Uint8Array, now: number): void {
    this.#isFlushing = true;
    this.session.receive(message, now);
    this.#isFlushing = false;
    if (this.session.waitingBytes === 0) return;
    if (this.session.callsOpen === 0) this.session.flush(now);
    else this.pending();
  }

  #watch(): void {
    if (this.#makeReader === undefined) {
      // What is asked for is bounded by its sender; answers to pings are not.
      if (this.#transport.bufferedBytes > this.#limits.bufferedBytes * mostAtOnce) this.#stuck();
      return;
    }
    this.#reader ??= this.#makeReader({
      transport: this.#transport,
      clock: this.#clock,
      limits: this.#limits,
      stuck: () => this.#stuck(),
    });
    this.#reader.sent();
  }

  #stuck(): void {
    this.#hangUp(closeCode["slow-consumer"], "slow-consumer");
    // The session is told without waiting for the transport: a peer that does not read will not answer the
    // close either. Not in the middle of what it is doing, though.
    this.#clock.endOfTurn(() => this.closed(closeCode["slow-consumer"], "the peer does not read"));
  }

  /** A pipe of the application's may throw, whatever it should: as one that is gone it ends no process and keeps nobody waiting. */
  #hangUp(code: number, reason: string): void {
    try {
      this.#transport.close(code, reason);
    } catch {
      // It cannot be more closed.
    }
  }

  #flush(): void {
    this.#isFlushing = false;
    this.#streams = false;
    this.session.flush(this.#clock.now());
    this.#schedule();
  }

  #schedule(): void {
    const wakeAt = this.session.wakeAt ?? Infinity;
    // An earlier timer than needed costs one look, so a later time does not set a new one.
    if (wakeAt < this.dueAt || (wakeAt === Infinity && this.dueAt < Infinity)) {
      this.#alarm.set(this, wakeAt);
    }
  }
}
