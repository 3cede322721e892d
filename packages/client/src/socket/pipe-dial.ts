/** One attempt to get a pipe that is no WebSocket of ours, with a bound on its time. */
import { ConcordatError, isConcordatError } from "@concordat/core";
import type { Clock } from "@concordat/core/internal";
import type { Transport } from "@concordat/core/transport";
import { neverOpened } from "./connection-end.ts";
import { call, type DialEar } from "./dial.ts";

/** What getting a pipe needs. */
export interface PipeDialOptions {
  readonly connect: () => Transport | Promise<Transport>;
  /** Asked for at each attempt where it is a function. */
  readonly credentials: unknown;
  /** How long it may take. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** Asks the application for a pipe. The returned function calls it off: a pipe that comes later is closed. */
export function dialPipe(options: PipeDialOptions, ear: DialEar): () => void {
  const { connect, credentials, timeoutMs, clock } = options;
  let isOver = false;
  const callOffTimer = clock.wakeAt(clock.now() + timeoutMs, () => {
    isOver = true;
    ear.failed(neverOpened({ fault: `no pipe came within ${timeoutMs} ms` }));
  });
  void run();
  return callOff;

  async function run(): Promise<void> {
    const asked = call(connect);
    let answers: readonly [transport: unknown, auth: unknown];
    try {
      answers = await Promise.all([asked, call(credentials)]);
    } catch (thrown) {
      abandon(asked);
      return failed(thrown);
    }
    return opened(...answers);
  }

  function opened(transport: unknown, auth: unknown): void {
    const objection = objectionTo(transport, auth);
    if (objection !== undefined) return failed(objection);
    if (isOver) return close(transport);
    callOff();
    return ear.opened(transport as Transport, auth); // looked at just now
  }

  function failed(thrown: unknown): void {
    if (isOver) return;
    callOff();
    // The application's own way to say that there is nobody to connect for, or nothing to connect with.
    const isFatal =
      isConcordatError(thrown) &&
      (thrown.code === "unauthenticated" || thrown.code === "invalid_argument");
    const fault = "the function that was given to connect, or for the credentials, failed";
    ear.failed(neverOpened({ fault, cause: thrown, ...(isFatal ? { fatal: thrown } : {}) }));
  }

  function callOff(): void {
    isOver = true;
    callOffTimer();
  }
}

/** Why this is no pipe to start on, or `undefined`. */
function objectionTo(transport: unknown, auth: unknown): ConcordatError | undefined {
  const names = ["send", "close", "listen"];
  const isTransport =
    typeof transport === "object" &&
    transport !== null &&
    names.every((name) => typeof Reflect.get(transport, name) === "function");
  if (!isTransport) {
    const message =
      'The function "connect" of the client returned no transport; wrap what it opens with ' +
      '"messagePortTransport" or "webSocketTransport" of @concordat/core/transport.';
    return new ConcordatError("invalid_argument", message);
  }
  try {
    JSON.stringify(auth); // a hello that cannot be written must not throw in an event
    return undefined;
  } catch (cause) {
    const message = `The credentials are not JSON: ${String(cause)}.`;
    return new ConcordatError("invalid_argument", message, { cause });
  }
}

/** A pipe that nobody waits for any more, whenever it comes. */
function abandon(asked: Promise<unknown>): void {
  asked.then(close, () => undefined);
}

function close(transport: unknown): void {
  if (objectionTo(transport, undefined) === undefined) (transport as Transport).close(1000, ""); // looked at just now
}
