/** One attempt to open a socket, with a bound on its time. */
import { ConcordatError, isConcordatError } from "@concordat/core";
import type { SocketClose, Transport, WebSocketShape } from "@concordat/core/transport";
import { type ConnectionEnd, neverOpened } from "./connection-end.ts";
import { type HttpAnswer, readHttpAnswer } from "./unexpected-response.ts";
import { emitsNodeEvents, type WebSocketConstructor } from "./websocket-shape.ts";
import { dialledTransport, endSocket, type Patience } from "./websocket-transport.ts";

/** What dialling needs. */
export interface DialOptions extends Patience {
  readonly url: string | (() => string | Promise<string>);
  /** Asked for at each dial where it is a function. */
  readonly credentials: unknown;
  readonly WebSocket: WebSocketConstructor;
  readonly protocols: readonly string[];
  /** How long it may take until the socket is open. */
  readonly timeoutMs: number;
}

/** The one who dials. One of the two is called, once, unless the dial is called off first. */
export interface DialEar {
  /** The socket has opened. */
  opened(transport: Transport, auth: unknown): void;
  failed(end: ConnectionEnd): void;
}

/** Makes one attempt to connect, and tells `ear` what came of it. The returned function calls it off. */
export type Dial = (ear: DialEar) => () => void;

/** Dials a WebSocket. The returned function calls it off. */
export function dial(options: DialOptions, ear: DialEar): () => void {
  const attempt = new SocketDial(options, ear);
  void attempt.run();
  return () => attempt.callOff();
}

class SocketDial {
  readonly #options: DialOptions;
  readonly #ear: DialEar;
  readonly #callOffTimer: () => void;
  #socket: WebSocketShape | undefined;
  #auth: unknown;
  #isOver = false;

  constructor(options: DialOptions, ear: DialEar) {
    const { clock, timeoutMs } = options;
    this.#options = options;
    this.#ear = ear;
    this.#callOffTimer = clock.wakeAt(clock.now() + timeoutMs, () => {
      const fault = `nothing answered within ${timeoutMs} ms`;
      this.#fail(neverOpened({ fault }));
    });
  }

  async run(): Promise<void> {
    const { url, credentials } = this.#options;
    try {
      const [address, auth] = await Promise.all([call(url), call(credentials)]);
      if (this.#isOver) return;
      this.#auth = auth;
      this.#open(address, auth);
    } catch (thrown) {
      const fault = "the function that was given for the address or the credentials failed";
      // The application's own way to say that there is nobody to dial for.
      const isFatal = isConcordatError(thrown) && thrown.code === "unauthenticated";
      this.#fail(neverOpened({ fault, cause: thrown, ...(isFatal ? { fatal: thrown } : {}) }));
    }
  }

  callOff(): void {
    if (!this.#leave()) return;
    if (this.#socket !== undefined) endSocket(this.#socket, 1000, "", this.#options);
  }

  #open(address: unknown, auth: unknown): void {
    const { WebSocket, protocols } = this.#options;
    let socket: WebSocketShape;
    try {
      JSON.stringify(auth); // a hello that cannot be written must not throw in an event
      socket = new WebSocket(String(address), [...protocols]);
    } catch (cause) {
      const message =
        `${JSON.stringify(String(address))} cannot be dialled, or the credentials are not JSON: ` +
        `${String(cause)}. Correct the client's "url" or "credentials".`;
      const fatal = new ConcordatError("invalid_argument", message, { cause });
      this.#fail(neverOpened({ fatal }));
      return;
    }
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", this.#opened);
    socket.addEventListener("close", this.#closed);
    // Says nothing that the close does not, but `ws` throws when nobody listens.
    socket.addEventListener("error", ignore);
    if (emitsNodeEvents(socket)) {
      socket.on("unexpected-response", (_request, response) => {
        if (this.#isOver) return;
        readHttpAnswer(response, this.#options.clock.now(), (answer) => this.#answered(answer));
      });
    }
  }

  readonly #opened = (): void => {
    const socket = this.#socket;
    if (!this.#leave() || socket === undefined) return;
    const transport = dialledTransport(socket, this.#options);
    socket.removeEventListener("error", ignore); // the transport has its own
    this.#ear.opened(transport, this.#auth);
  };

  /** A close before `open`: Firefox shows one where the server closes as soon as it has accepted. */
  readonly #closed = ({ code, reason }: SocketClose): void => {
    if (this.#leave()) this.#ear.failed(neverOpened({ code, reason }));
  };

  #answered({ status, refusal, retryAfterMs }: HttpAnswer): void {
    this.#fail(
      neverOpened({
        code: refusal?.closeCode ?? 1006,
        refusal,
        fault: `the server answered the upgrade with HTTP ${status}`,
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      }),
    );
  }

  #fail(end: ConnectionEnd): void {
    if (this.#isOver) return;
    this.callOff();
    this.#ear.failed(end);
  }

  #leave(): boolean {
    if (this.#isOver) return false;
    this.#isOver = true;
    this.#callOffTimer();
    this.#socket?.removeEventListener("open", this.#opened);
    this.#socket?.removeEventListener("close", this.#closed);
    return true;
  }
}

/** A value, or what a function makes of nothing. */
export async function call(given: unknown): Promise<unknown> {
  // Only functions without parameters are asked for by the client's options.
  return typeof given === "function" ? (given as () => unknown)() : given;
}

function ignore(): void {
  // Nothing to do: see where it is registered.
}
