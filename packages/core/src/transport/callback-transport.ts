/** Any socket as a transport: three members of it are called, and its events are handed in. */
import { Mailbox } from "./mailbox.ts";
import { messageFrom } from "./message.ts";
import type { Transport, TransportListener } from "./transport.ts";

/** As much of an open socket as a transport calls. */
export interface SocketCalls {
  /** Sends one message, or throws where the socket is gone: its end follows, and is what counts. */
  send(message: string | Uint8Array<ArrayBuffer>): void;
  /** Closes with a registered code and a reason of at most 123 bytes of ASCII. */
  close(code: number, reason: string): void;
  /**
   * What was sent and has not left this process, in bytes. Default: nothing, ever.
   *
   * Without it a peer that does not read is noticed by its silence only.
   */
  bufferedBytes?(): number;
}

/** A socket whose events come as calls, as Bun's do. Hand it to `server.accept`, and its events to it. */
export class CallbackTransport implements Transport {
  readonly #socket: SocketCalls;
  readonly #mailbox = new Mailbox();
  #isClosing = false;

  /** @param socket An open socket. What comes before anybody listens is kept. */
  constructor(socket: SocketCalls) {
    this.#socket = socket;
  }

  get bufferedBytes(): number {
    return this.#socket.bufferedBytes?.() ?? 0;
  }

  listen(listener: TransportListener): void {
    this.#mailbox.listen(listener);
  }

  send(message: string | Uint8Array): void {
    if (this.#isClosing || this.#mailbox.isOver) return;
    try {
      // Core allocates its messages itself and shares no memory with another thread.
      this.#socket.send(message as string | Uint8Array<ArrayBuffer>);
    } catch {
      // The socket is gone, and its `closed` is on the way.
    }
  }

  /** The peer's answer to the close is not waited for: on a dead link some runtimes would wait for ever. */
  close(code: number, reason: string): void {
    if (this.#isClosing || this.#mailbox.isOver) return;
    this.#isClosing = true;
    try {
      this.#socket.close(code, reason);
    } catch {
      // A socket that cannot even be closed is as good as closed.
    }
    this.#mailbox.closed(code, reason);
  }

  /** The socket's event: a message came, in whatever form the runtime gives it. */
  message(data: unknown): void {
    this.received(messageFrom(data));
  }

  /** The same, of one that is what a listener is told: bytes are a plain `Uint8Array` over memory that nobody else changes. */
  received(message: string | Uint8Array): void {
    this.#mailbox.message(message);
  }

  /** The socket's event: it is closed, with the peer's code and reason where it said any. */
  closed(code = 1006, reason = ""): void {
    this.#mailbox.closed(code, reason);
  }
}
