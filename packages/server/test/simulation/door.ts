/** One connection at a server that may be killed. */
import type { Transport, TransportListener } from "@concordat/core/internal";

/** A transport until its server is dead: then nothing goes through it any more, in either direction. */
export class Door implements Transport {
  readonly #inner: Transport;
  #listener: TransportListener | undefined;
  #isDead = false;
  readonly openedAt: number;

  constructor(inner: Transport, openedAt: number) {
    this.#inner = inner;
    this.openedAt = openedAt;
  }

  get bufferedBytes(): number {
    return this.#inner.bufferedBytes;
  }

  send(message: string | Uint8Array): void {
    if (!this.#isDead) this.#inner.send(message);
  }

  close(code: number, reason: string): void {
    if (!this.#isDead) return this.#inner.close(code, reason);
    queueMicrotask(() => this.#listener?.closed(1006, "")); // for what is left of the server in this process
    return undefined;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    this.#inner.listen({
      message: (message) => {
        if (!this.#isDead) listener.message(message);
      },
      closed: (code, reason) => {
        if (!this.#isDead) listener.closed(code, reason);
      },
    });
  }

  /** The page at the other end is left, or stays behind a download: browsers close with this. */
  leave(): void {
    if (!this.#isDead) this.#inner.close(1001, "");
  }

  /** The server is dead. Its client hears of it, or the machine is gone as well. */
  kill(isHeard: boolean): void {
    if (this.#isDead) return;
    if (isHeard) this.#inner.close(1006, "");
    this.#isDead = true;
  }
}
