/** One attempt to connect, with a bound on its time: whatever the way, a late answer is nobody's. */
import { ConcordatError, isConcordatError } from "@concordat/core";
import { type Clock, messageOf } from "@concordat/core/internal";
import type { Transport } from "@concordat/core/transport";
import { type ConnectionEnd, neverOpened } from "./connection-end.ts";

/** What came of opening. One of the two is called, once, unless it is called off first. */
export interface OpeningEar {
  opened(transport: Transport): void;
  failed(facts: Parameters<typeof neverOpened>[0]): void;
}

/** A way to connect: by WebSocket, or by whatever pipe the application opens. */
export interface Way {
  /** What the application is asked for together with the credentials: a value, or a function of nothing. */
  readonly asked: unknown;
  /**
   * Opens what was answered. The returned function calls it off.
   *
   * @throws ConcordatError where no other attempt can do better.
   */
  open(answer: unknown, ear: OpeningEar): () => void;
  /** Lets go of an answer that nobody waits for any more. */
  discard(answer: unknown): void;
}

/** What dialling needs. */
export interface DialOptions {
  readonly way: Way;
  /** Asked for at each dial. */
  readonly credentials: () => Promise<unknown>;
  /** What else is said of the client when it is open. */
  readonly client: unknown;
  /** How long it may take until the connection is open. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** The one who dials. One of the two is called, once, unless the dial is called off first. */
export interface DialEar {
  /** The connection is open. */
  opened(transport: Transport, auth: unknown): void;
  failed(end: ConnectionEnd): void;
}

/** Makes one attempt to connect, and tells `ear` what came of it. The returned function calls it off. */
export type Dial = (ear: DialEar) => () => void;

/** Dials. The returned function calls it off. */
export function dial(
  { way, credentials, client, timeoutMs, clock }: DialOptions,
  ear: DialEar,
): () => void {
  let isOver = false;
  let callOffOpening = nothing;
  const callOffTimer = clock.wakeAt(clock.now() + timeoutMs, () => {
    callOff();
    ear.failed(neverOpened({ fault: `nothing answered within ${timeoutMs} ms` }));
  });
  void run();
  return callOff;

  async function run(): Promise<void> {
    const asked = call(way.asked);
    let answers: readonly [answer: unknown, auth: unknown];
    try {
      answers = await Promise.all([asked, credentials()]);
    } catch (cause) {
      asked.then((answer) => way.discard(answer), nothing);
      return fail(
        cause,
        "the function that was given to connect, for the address or for the credentials failed",
      );
    }
    return open(...answers);
  }

  function open(answer: unknown, auth: unknown): void {
    if (isOver) return way.discard(answer);
    try {
      checkJson([auth, client]);
      callOffOpening = way.open(answer, {
        opened: (transport) => {
          if (!leave()) return;
          try {
            ear.opened(transport, auth);
          } catch (cause) {
            ear.failed(neverOpened({ cause }));
            transport.close(1000, ""); // a pipe that nobody can listen to, or a hello that cannot be written after all
          }
        },
        failed: (facts) => {
          if (leave()) ear.failed(neverOpened(facts));
        },
      });
    } catch (cause) {
      fail(cause);
    }
    return undefined;
  }

  function fail(cause: unknown, fault?: string): void {
    if (!leave()) return;
    // The application's own way to say that there is nobody to connect for, or nothing to connect with.
    const isFatal =
      isConcordatError(cause) &&
      (cause.code === "unauthenticated" || cause.code === "invalid_argument");
    ear.failed(neverOpened({ fault, cause, ...(isFatal && { fatal: cause }) }));
  }

  function callOff(): void {
    if (leave()) callOffOpening();
  }

  function leave(): boolean {
    if (isOver) return false;
    isOver = true;
    callOffTimer();
    return true;
  }
}

/** A value, or what a function makes of nothing. */
async function call(given: unknown): Promise<unknown> {
  // Only functions without parameters are asked for by the client's options.
  return typeof given === "function" ? (given as () => unknown)() : given;
}

/** A hello that cannot be written must not throw in an event, and no other attempt could write it. */
function checkJson(said: unknown): void {
  try {
    JSON.stringify(said);
  } catch (cause) {
    const message = `The client's credentials, name or version are not JSON: ${messageOf(cause)}.`;
    throw new ConcordatError("invalid_argument", message, { cause });
  }
}

function nothing(): void {
  // There is nothing to call off yet.
}
