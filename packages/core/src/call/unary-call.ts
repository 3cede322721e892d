/** One call of this side that has one response: all that a page needs whose contracts have no streams. */
import { ConcordatError } from "../error/concordat-error.ts";
import { statusNumbers } from "../error/status-code.ts";
import { errorFromFault } from "../wire/fault.ts";
import { noMetadata } from "../wire/metadata.ts";
import { WireError } from "../wire/wire-error.ts";
import type { Call, CallLink, CallStart } from "./call.ts";
import type { CallEar } from "./call-ear.ts";

/** What its owner and its link ask of it, as of every {@link Call}. */
type AskedOfCall = Pick<
  Call,
  "id" | "deadline" | "listen" | "cancel" | "discard" | "grant" | "abandon" | "expire" | "receive"
>;

/** One call. Made by the link; an act after its end does nothing, because the end may just have crossed it. */
export class UnaryCall implements AskedOfCall {
  readonly id: number;
  readonly deadline: number | undefined;
  readonly #link: CallLink;
  #ear: CallEar | undefined;
  #isOver = false;

  constructor(link: CallLink, { id, deadline }: CallStart) {
    this.id = id;
    this.deadline = deadline;
    this.#link = link;
  }

  listen(ear: CallEar | undefined): void {
    this.#ear = ear;
  }

  cancel(code: "cancelled" | "deadline_exceeded" = "cancelled"): void {
    if (this.#isOver) return;
    this.#link.emit({ kind: "cancel", id: this.id, code: statusNumbers[code] });
    this.#over();
  }

  discard(): void {
    // Nothing of it waits to be taken.
  }

  grant(): void {
    // It costs no credit.
  }

  abandon(error: ConcordatError): void {
    if (this.#isOver) return;
    this.#over();
    this.#ear?.failed(error, noMetadata);
  }

  expire(): void {
    if (this.#isOver) return;
    this.cancel("deadline_exceeded");
    const error = new ConcordatError("deadline_exceeded", "The deadline passed.");
    this.#ear?.failed(error, noMetadata);
  }

  receive(frame: Parameters<Call["receive"]>[0]): void {
    switch (frame.kind) {
      case "leading":
        return this.#ear?.leading(frame.metadata);
      case "response":
        this.#over();
        return this.#ear?.finished(frame.payload, frame.metadata);
      case "error":
        this.#over();
        return this.#ear?.failed(errorFromFault(frame.fault), frame.metadata);
      default:
        throw new WireError(`a frame "${frame.kind}" is illegal on a unary call`);
    }
  }

  #over(): void {
    this.#isOver = true;
    this.#link.ended(this as unknown as Call); // as one it was made: see `unaryPart`
  }
}
