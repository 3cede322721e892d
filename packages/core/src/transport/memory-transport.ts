/** Two joined ends of a pipe in one process. */
import { Mailbox } from "./mailbox.ts";
import type { Transport, TransportListener } from "./transport.ts";

/**
 * Two ends; what is sent into one comes out of the other at the end of the turn, in order.
 *
 * For a client and a server in one program, and for tests. Bytes are copied, as by any other pipe: what one end does
 * to what has come never reaches the other.
 */
export function memoryTransports(): readonly [MemoryTransport, MemoryTransport] {
  const left = new MemoryTransport();
  const right = new MemoryTransport();
  left.join(right);
  right.join(left);
  return [left, right];
}

/** One end of a pipe in memory. Made by {@link memoryTransports}. */
export class MemoryTransport implements Transport {
  #peer: MemoryTransport | undefined;
  readonly #mailbox = new Mailbox();
  #isOpen = true;

  /** Nothing waits in here: what was sent is at the other end by the end of the turn. */
  get bufferedBytes(): number {
    return 0;
  }

  /** Whether neither end has closed, and nobody has cut the pipe. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Says which other end this one has. */
  join(peer: MemoryTransport): void {
    this.#peer = peer;
  }

  send(message: string | Uint8Array): void {
    if (!this.#isOpen) return;
    const peer = this.#peer;
    const sent = typeof message === "string" ? message : message.slice();
    queueMicrotask(() => peer?.deliver(sent));
  }

  close(code: number, reason: string): void {
    if (!this.#isOpen) return;
    const peer = this.#peer;
    queueMicrotask(() => {
      peer?.finish(code, reason);
      this.finish(code, reason);
    });
    this.#isOpen = false;
  }

  /** Ends both sides as a lost network does: 1006, no reason, and what was under way is lost. */
  cut(): void {
    this.#peer?.finish(1006, "");
    this.finish(1006, "");
  }

  listen(listener: TransportListener): void {
    this.#mailbox.listen(listener);
  }

  /** A message has arrived at this end. */
  deliver(message: string | Uint8Array): void {
    this.#mailbox.message(message);
  }

  /** This end is over. */
  finish(code: number, reason: string): void {
    this.#isOpen = false;
    this.#mailbox.closed(code, reason);
  }
}
