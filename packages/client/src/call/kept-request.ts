/** A request as the application gave it, kept until it is over: which bytes it is depends on the connection. */
import { Output, type PayloadSource, putRaw, type Sink } from "@concordat/core/internal";
import type { BoundProcedure } from "./procedure.ts";

/**
 * One request.
 *
 * It is written once, straight to where it leaves from, and remembered there: another connection that speaks the same
 * form gets the same bytes. Whoever has a frame refused that carries it may not send it again.
 */
export class KeptRequest implements PayloadSource {
  readonly #request: unknown;
  /** The form that it was last written in, or is to be. */
  #spoken: BoundProcedure;
  /** What holds it, once it was written. */
  #memory: Uint8Array | undefined;
  /** Whose memory that is. */
  #output: Output | undefined;
  #start = 0;
  #end = 0;
  /** What puts it in other forms, as it was when it was written ahead of knowing which. */
  #others: Map<BoundProcedure, (to: Sink) => void> | undefined;

  constructor(procedure: BoundProcedure, request: unknown) {
    this.#request = request;
    this.#spoken = procedure;
  }

  /** How many bytes it takes; 0 before it was written. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** Its bytes. Only of what was {@link writtenIn} a form. */
  get bytes(): Uint8Array {
    return this.#memory?.subarray(this.#start, this.#end) ?? new Uint8Array(0);
  }

  /** The same in the form that a connection speaks. What that form does not declare is left out. */
  in(spoken: BoundProcedure): this {
    if (spoken === this.#spoken) return this;
    this.#spoken = spoken;
    this.done();
    this.#start = this.#end = 0;
    return this;
  }

  /**
   * The same, written now: the application may change what it gave while it waits.
   *
   * @throws ConcordatError `invalid_argument` where it does not match.
   */
  writtenIn(spoken: BoundProcedure): this {
    this.in(spoken);
    if (this.#memory !== undefined) return this;
    this.put(new Output());
    this.#others ??= new Map(spoken.older().map((form) => [form, written(form, this.#request)]));
    return this;
  }

  /** @throws ConcordatError `invalid_argument` where it does not match. */
  put(to: Output): void {
    const start = to.at;
    const putCopy = this.#others?.get(this.#spoken);
    if (this.#memory !== undefined) putRaw(to, this.bytes);
    else if (putCopy !== undefined) putCopy(to);
    else this.#spoken.writeRequest(this.#request, to);
    this.done();
    to.lent += 1;
    this.#output = to;
    this.#memory = to.bytes;
    this.#start = start;
    this.#end = to.at;
  }

  /** Its bytes are not needed any more. */
  done(): void {
    if (this.#output !== undefined) this.#output.lent -= 1;
    this.#output = undefined;
    this.#memory = undefined;
  }
}

/** A copy of a request in one form. Where it does not match, that is said when it is to be sent. */
function written(form: BoundProcedure, request: unknown): (to: Sink) => void {
  const output = new Output();
  try {
    form.writeRequest(request, output);
  } catch (error) {
    return () => {
      throw error;
    };
  }
  return (to) => putRaw(to, output.part());
}
