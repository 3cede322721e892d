/** Joins one session, one transport and one clock: the one place where bytes, time and the conversation meet. */
import type { Clock } from "../transport/clock.ts";
import type { Transport } from "../transport/transport.ts";
import { closeCode } from "../wire/close-code.ts";
import { formatReason } from "../wire/close-reason.ts";
import type { Limits } from "../wire/limits.ts";
import type { Session, SessionPort } from "./session-port.ts";

/** What a pump joins. */
export interface PumpOptions<S extends Session> {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly limits: Pick<Limits, "bufferedBytes">;
  /** Makes the session on the port that the pump implements. */
  readonly session: (port: SessionPort, now: number) => S;
}

/**
 * Starts a session on a transport.
 *
 * Frames of one turn leave together at its end. A peer that does not read is closed with 4511 once more than
 * `limits.bufferedBytes` wait for it.
 */
export function pump<S extends Session>(options: PumpOptions<S>): S {
  const { transport, clock, limits } = options;
  let flushing = false;
  let isSlow = false;
  let wakeAt: number | undefined;
  let callOff: (() => void) | undefined;

  const session = options.session(
    {
      send(message) {
        transport.send(message);
        if (isSlow || transport.bufferedBytes <= limits.bufferedBytes) return;
        isSlow = true;
        transport.close(closeCode["slow-consumer"], formatReason("slow-consumer"));
        // The session is told without waiting for the transport: a peer that does not read will not answer the
        // close either. Not in the middle of what it is doing, though.
        clock.endOfTurn(() => {
          session.closed(closeCode["slow-consumer"], "the peer does not read");
          schedule();
        });
      },
      close(code, reason) {
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
      session.closed(code, reason);
      schedule();
    },
  });
  schedule();
  return session;

  function pending(): void {
    if (flushing) return;
    flushing = true;
    clock.endOfTurn(() => {
      flushing = false;
      session.flush(clock.now());
      schedule();
    });
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
