/** An owner of a call that writes down what it is told. */
import type { Call } from "../../src/call/call.ts";
import type { CallEar } from "../../src/call/call-ear.ts";
import type { ConcordatError } from "../../src/error/concordat-error.ts";

/** The owner of one call. */
export class RecordingEar implements CallEar {
  /** What happened, in order: `item`, `failed cancelled` … */
  readonly told: string[] = [];
  readonly items: Uint8Array[] = [];
  error: ConcordatError | undefined;
  response: Uint8Array | undefined;
  onWritable: () => void = () => undefined;

  constructor(call?: Call) {
    call?.listen(this);
  }

  leading(): void {
    this.told.push("leading");
  }

  item(payload: Uint8Array): void {
    this.told.push("item");
    this.items.push(payload);
  }

  finished(payload: Uint8Array | undefined): void {
    this.told.push("finished");
    this.response = payload;
  }

  failed(error: ConcordatError): void {
    this.told.push(`failed ${error.code}`);
    this.error = error;
  }

  writable(): void {
    this.told.push("writable");
    this.onWritable();
  }
}
