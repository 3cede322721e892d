/** A pipe whose other end reads nothing and answers nothing. */
import type { Transport, TransportListener } from "../../src/transport/transport.ts";

/** What was done to it is written down, and nothing follows. */
export class SilentTransport implements Transport {
  bufferedBytes = 0;
  readonly sent: (string | Uint8Array)[] = [];
  readonly closes: { readonly code: number; readonly reason: string }[] = [];
  listener: TransportListener | undefined;

  send(message: string | Uint8Array): void {
    this.sent.push(message);
    this.bufferedBytes += message.length;
  }

  close(code: number, reason: string): void {
    this.closes.push({ code, reason });
  }

  listen(listener: TransportListener): void {
    this.listener = listener;
  }
}
