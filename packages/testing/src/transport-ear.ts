/** Whoever listens at one end of a pipe in a test, and what it heard. */
import type { Transport, TransportListener } from "@concordat/core/transport";

/** How a pipe ended. */
export interface PipeEnd {
  readonly code: number;
  readonly reason: string;
}

/** Long enough for whatever is still under way between two ends on one machine. */
const quietMs = 30;

/** A listener with a memory. */
export class TransportEar implements TransportListener {
  /** Every message, in order. */
  readonly heard: (string | Uint8Array)[] = [];
  /** How often the end was told: once, where all is well. */
  ends = 0;
  /** Settles with the end. */
  readonly end: Promise<PipeEnd>;
  #finish: (end: PipeEnd) => void = () => undefined;
  #wake: () => void = () => undefined;

  constructor(transport: Transport) {
    this.end = new Promise((resolve) => (this.#finish = resolve));
    transport.listen(this);
  }

  message(message: string | Uint8Array): void {
    this.heard.push(message);
    this.#wake();
  }

  closed(code: number, reason: string): void {
    this.ends += 1;
    this.#finish({ code, reason });
    this.#wake();
  }

  /** Waits for so many messages, or the end. */
  messages(count: number): Promise<void> {
    return this.#until(() => this.heard.length >= count);
  }

  /** Waits for this text, or the end. */
  text(text: string): Promise<void> {
    return this.#until(() => this.heard.includes(text));
  }

  /** Waits until nothing more can be expected. */
  async quiet(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, quietMs));
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds() && this.ends === 0) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
