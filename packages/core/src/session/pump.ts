/** Joins one session, one transport and one clock: the one place where bytes, time and the conversation meet. */
import type { Clock } from "../transport/clock.ts";
import type { Transport } from "../transport/transport.ts";
import { closeCode } from "../wire/close-code.ts";
import { formatReason } from "../wire/close-reason.ts";
import type { Limits } from "../wire/limits.ts";
import type { Session, SessionPort } from "./session-port.ts";
import { SlowReader } from "./slow-reader.ts";

/**
 * How often the turn's end is looked for before what waits is sent. A generator takes three steps of promises from
 * one item to the next, and its items are to travel together.
 */
const quietLooks = 4;

/** With so much waiting there is nothing to be gained by waiting on: 64 KiB fill several segments of any network. */
const enoughBytes = 65_536;

/** What a pump joins. */
export interface PumpOptions<S extends Session> {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly limits: Pick<Limits, "bufferedBytes" | "slowMs">;
  /** Makes the session on the port that the pump implements. */
  readonly session: (port: SessionPort, now: number) => S;
}

/**
 * Starts a session on a transport.
 *
 * Frames of one turn leave together at its end: when nothing was added any more for a few steps of promises. A peer that does not read
 * is closed with 4511, see {@link SlowReader}.
 */
export function pump<S extends Session>(options: PumpOptions<S>): S {
  const { transport, clock, limits } = options;
  let flushing = false;
  let wakeAt: number | undefined;
  let callOff: (() => void) | undefined;

  const reader = new SlowReader({ transport, clock, limits, stuck });
  const session = options.session(
    {
      send(message) {
        transport.send(message);
        reader.sent();
      },
      close(code, reason) {
        reader.stop();
        transport.close(code, reason);
        pending(); // the session waits for nothing any more, and neither should the clock
      },
      pending,
    },
    clock.now(),
  );

  transport.listen({
    message(message) {
      session.receive(message, clock.now());
      schedule();
    },
    closed(code, reason) {
      reader.stop();
      session.closed(code, reason);
      schedule();
    },
  });
  schedule();
  return session;

  function stuck(): void {
    transport.close(closeCode["slow-consumer"], formatReason("slow-consumer"));
    // The session is told without waiting for the transport: a peer that does not read will not answer the
    // close either. Not in the middle of what it is doing, though.
    clock.endOfTurn(() => {
      session.closed(closeCode["slow-consumer"], "the peer does not read");
      schedule();
    });
  }

  function pending(): void {
    if (flushing) return;
    flushing = true;
    let seen = session.waitingBytes;
    let looks = 0;
    clock.endOfTurn(look);

    function look(): void {
      const waiting = session.waitingBytes;
      looks = waiting === seen ? looks + 1 : 0;
      seen = waiting;
      if (looks < quietLooks && waiting > 0 && waiting < enoughBytes) clock.endOfTurn(look);
      else flush();
    }
  }

  function flush(): void {
    flushing = false;
    session.flush(clock.now());
    schedule();
  }

  function schedule(): void {
    if (session.wakeAt === wakeAt) return;
    // An earlier timer than needed costs one look, so a later time does not set a new one.
    if (wakeAt !== undefined && session.wakeAt !== undefined && session.wakeAt > wakeAt) return;
    callOff?.();
    wakeAt = session.wakeAt;
    callOff = wakeAt === undefined ? undefined : clock.wakeAt(wakeAt, wake);
  }

  function wake(): void {
    wakeAt = undefined;
    callOff = undefined;
    session.tick(clock.now());
    schedule();
  }
}
