/** Two joined ends of a pipe in one process. */
import type { Transport, TransportListener } from "@concordat/core/internal";

/** Two ends; what is sent into one comes out of the other at the end of the turn, in order. */
export function memoryTransports(): readonly [MemoryTransport, MemoryTransport] {
  const left = new MemoryTransport();
  const right = new MemoryTransport();
  left.join(right);
  right.join(left);
  return [left, right];
}

/** One end of a pipe in memory. */
export class MemoryTransport implements Transport {
  #peer: MemoryTransport | undefined;
  #listener: TransportListener | undefined;
  #waiting: (string | Uint8Array)[] = [];
  #end: { readonly code: number; readonly reason: string } | undefined;
  #isOpen = true;

  get bufferedBytes(): number {
    return 0;
  }

  /** Whether neither end has closed, and nobody has cut the pipe. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  join(peer: MemoryTransport): void {
    this.#peer = peer;
  }

  send(message: string | Uint8Array): void {
    if (!this.#isOpen) return;
    const peer = this.#peer;
    queueMicrotask(() => peer?.deliver(message));
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
    this.#listener = listener;
    for (const message of this.#waiting.splice(0)) listener.message(message);
    if (this.#end !== undefined) listener.closed(this.#end.code, this.#end.reason);
  }

  deliver(message: string | Uint8Array): void {
    if (this.#end !== undefined) return;
    if (this.#listener === undefined) this.#waiting.push(message);
    else this.#listener.message(message);
  }

  finish(code: number, reason: string): void {
    if (this.#end !== undefined) return;
    this.#isOpen = false;
    this.#end = { code, reason };
    this.#listener?.closed(code, reason);
  }
}
