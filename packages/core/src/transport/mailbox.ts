/** Hands on what a pipe brings: later, where nobody listens yet, and the end once. */
import type { TransportListener } from "./transport.ts";

/** What a transport keeps for its listener. */
export class Mailbox {
  #listener: TransportListener | undefined;
  #waiting: (string | Uint8Array)[] = [];
  #end: { readonly code: number; readonly reason: string } | undefined;

  /** Whether the end has been told, or waits to be. */
  get isOver(): boolean {
    return this.#end !== undefined;
  }

  /** Says who is told. Of what came before at the end of the turn: whoever listens may not be whole yet. */
  listen(listener: TransportListener): void {
    if (this.#waiting.length > 0 || this.#end !== undefined)
      queueMicrotask(() => this.#begin(listener));
    else this.#listener = listener;
  }

  /** A message came. After the end it is dropped. */
  message(message: string | Uint8Array): void {
    if (this.#end !== undefined) return;
    if (this.#listener === undefined) this.#waiting.push(message);
    else this.#listener.message(message);
  }

  /** The pipe is gone. Only the first end counts. */
  closed(code: number, reason: string): void {
    if (this.#end !== undefined) return;
    this.#end = { code, reason };
    this.#listener?.closed(code, reason);
  }

  #begin(listener: TransportListener): void {
    const before = this.#end;
    this.#listener = listener;
    // Whoever is told a message may close over it, and is told that end at once.
    for (const message of this.#waiting.splice(0))
      if (this.#end === before) listener.message(message);
    if (before !== undefined) listener.closed(before.code, before.reason);
  }
}
