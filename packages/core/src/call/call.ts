/** One call, on either side: its state, its credit, and the frames it may send. */
import { type CallKind, procedureKinds } from "../contract/procedure-kind.ts";
import { ConcordatError } from "../error/concordat-error.ts";
import { statusCodeOf, statusNumbers } from "../error/status-code.ts";
import { errorFromFault, faultFrom, writtenFault } from "../wire/fault.ts";
import type { Frame, OutgoingFrame } from "../wire/frame.ts";
import { type Metadata, noMetadata } from "../wire/metadata.ts";
import type { Payload } from "../wire/payload.ts";
import { WireError } from "../wire/wire-error.ts";
import { type CallAct, type CallState, firstState, nextState } from "./call-state.ts";
import type { CallEar } from "./call-ear.ts";
import type { ConnectionCredit } from "./connection-credit.ts";
import { StreamFlow } from "./stream-flow.ts";

/** Which side of a call this is: the one that opened it, or the one that answers. */
export type CallRole = "requester" | "responder";

/** What a call asks of the link that it runs on. */
export interface CallLink {
  /** The credit of the whole connection; there is some where anything streams. */
  readonly credit: ConnectionCredit | undefined;
  /** Queues a frame; throws `resource_exhausted` when it is larger than the peer accepts. */
  emit(frame: OutgoingFrame): void;
  /** The call is over. */
  ended(call: Call): void;
}

/** How a call begins. */
export interface CallStart {
  readonly id: number;
  readonly kind: CallKind;
  readonly role: CallRole;
  /** What may be sent before the first grant. */
  readonly sendCredit: number;
  /** The window that was promised to the peer. */
  readonly windowBytes: number;
  /** When it has to be over, or `undefined` for never. */
  readonly deadline: number | undefined;
}

/** One call. Made by the link; an act after its end does nothing, because the end may just have crossed it. */
export class Call {
  readonly id: number;
  readonly kind: CallKind;
  readonly role: CallRole;
  readonly deadline: number | undefined;
  readonly #link: CallLink;
  /** None where the kind has no stream: what costs no credit needs no account of it. */
  readonly #flow: StreamFlow | undefined;
  #ear: CallEar | undefined;
  #state: CallState;
  /** Whether its owner was told that it has to wait. */
  #isWaiting = false;

  constructor(link: CallLink, start: CallStart) {
    this.id = start.id;
    this.kind = start.kind;
    this.role = start.role;
    this.deadline = start.deadline;
    this.#link = link;
    this.#state = firstState(start.kind);
    const { requestStream, responseStream } = procedureKinds[start.kind];
    if (requestStream || responseStream)
      this.#flow = new StreamFlow(start.sendCredit, start.windowBytes);
  }

  get state(): CallState {
    return this.#state;
  }

  /** Whether the item that its owner has may be sent now, before anything else; after `false`, `ear.writable()` says when. */
  get canSend(): boolean {
    const isOpen = this.#flow?.credit.isOpen === true;
    this.#isWaiting = !isOpen || this.#link.credit?.admits(this) !== true;
    if (this.#isWaiting && isOpen) this.#link.credit?.block(this);
    return !this.#isWaiting;
  }

  /** Whether it has credit of its own, for an owner that has no item yet; after `false`, `ear.writable()` says when. */
  get hasCredit(): boolean {
    this.#isWaiting = this.#flow?.credit.isOpen !== true;
    this.#link.credit?.pass(this);
    return !this.#isWaiting;
  }

  /** Says who is told what happens, before the next frame is received; `undefined` for nobody any more. */
  listen(ear: CallEar | undefined): void {
    this.#ear = ear;
  }

  /** Requester or responder: one item of its stream. Only while {@link canSend}. */
  sendItem(payload: Payload, cursor?: string): void {
    const act = this.role === "requester" ? "requestItem" : "responseItem";
    if (this.#after(act) === undefined) return;
    const { id } = this;
    this.#link.emit(
      cursor === undefined ? { kind: "item", id, payload } : { kind: "item", id, payload, cursor },
    );
    this.#flow?.credit.spend(payload.length);
    this.#link.credit?.spend(payload.length);
  }

  /** Requester: its stream is complete. Responder: the streaming call went well. */
  sendEnd(metadata: Metadata = noMetadata): void {
    const act = this.role === "requester" ? "requestEnd" : "responseEnd";
    this.#act(act, { kind: "end", id: this.id, metadata });
  }

  /** Responder: metadata ahead of everything else. */
  sendLeading(metadata: Metadata): void {
    this.#act("leading", { kind: "leading", id: this.id, metadata });
  }

  /** Responder: the one response. */
  respond(payload: Payload, metadata: Metadata = noMetadata): void {
    this.#act("response", { kind: "response", id: this.id, metadata, payload });
  }

  /** Responder: the call failed. */
  fail(error: ConcordatError, metadata: Metadata = noMetadata): void {
    if (this.#state === "over") return; // what nobody hears need not be fit to be sent
    const fault = writtenFault(faultFrom(error));
    this.#act("error", { kind: "error", id: this.id, fault, metadata });
  }

  /** Requester: gives the call up. The ear is not told: it is the one who asks. */
  cancel(code: "cancelled" | "deadline_exceeded" = "cancelled"): void {
    this.#act("cancel", { kind: "cancel", id: this.id, code: statusNumbers[code] });
  }

  /** The application has taken so many bytes of items out of its queue. */
  consumed(bytes: number): void {
    this.#link.credit?.consumed(bytes);
    const grant = this.#flow?.consumed(bytes) ?? 0;
    if (grant > 0 && this.#state !== "over") {
      this.#link.emit({ kind: "credit", id: this.id, bytes: grant });
    }
  }

  /** The application will take nothing more out of its queue. */
  discard(): void {
    if (this.#flow !== undefined) this.#link.credit?.consumed(this.#flow.takeUnconsumed());
  }

  /** It is this call's turn on the connection. Returns whether anybody waits for that. */
  unblock(): boolean {
    if (!this.#isWaiting || this.#state === "over" || this.#ear === undefined) return false;
    this.#isWaiting = false;
    this.#ear.writable();
    return true;
  }

  /** The peer granted credit on this call. */
  grant(bytes: number): void {
    // Who did not ask looks for itself when it has an item: a turn would wait for that.
    if (this.#flow?.grant(bytes) === true && this.#isWaiting) this.#link.credit?.block(this);
  }

  /** The connection is gone, and the call with it. */
  abandon(error: ConcordatError): void {
    if (this.#state === "over") return;
    this.#over();
    this.#ear?.failed(error, noMetadata);
  }

  /** The deadline has passed: tells the other side, and the owner. */
  expire(): void {
    if (this.#state === "over") return;
    const error = new ConcordatError("deadline_exceeded", "The deadline passed.");
    if (this.role === "requester") this.cancel("deadline_exceeded");
    else this.fail(error);
    this.#ear?.failed(error, noMetadata);
  }

  /**
   * A frame of the peer for this call.
   *
   * @throws WireError when it is illegal now, or for this kind of call.
   */
  receive(frame: Exclude<Frame, { id: 0 } | { kind: "request" | "credit" }>): void {
    const act = this.#actOf(frame.kind);
    const next = act === undefined ? undefined : nextState(this.#state, act, this.kind);
    if (next === undefined) {
      throw new WireError(
        `a frame "${frame.kind}" is illegal on a ${this.kind} call that is ${this.#state}`,
      );
    }
    if (frame.kind === "item") this.#flow?.received(frame.payload.length);
    if (next === "over") this.#over();
    else this.#state = next;
    this.#tell(frame);
  }

  #tell(frame: Parameters<Call["receive"]>[0]): void {
    switch (frame.kind) {
      case "leading":
        return this.#ear?.leading(frame.metadata);
      case "item":
        return this.#ear?.item(frame.payload, frame.cursor);
      case "end":
        return this.#ear?.finished(undefined, frame.metadata);
      case "response":
        return this.#ear?.finished(frame.payload, frame.metadata);
      case "error":
        return this.#ear?.failed(errorFromFault(frame.fault), frame.metadata);
      case "cancel": {
        const code =
          statusCodeOf(frame.code) === "deadline_exceeded" ? "deadline_exceeded" : "cancelled";
        const message = "The caller gave the call up.";
        const error = new ConcordatError(code, message, { origin: "remote" });
        return this.#ear?.failed(error, noMetadata);
      }
    }
  }

  /** What a frame of the peer means: an item of the requester is another act than one of the responder. */
  #actOf(kind: Frame["kind"]): CallAct | undefined {
    const fromResponder = this.role === "requester";
    if (kind === "item") return fromResponder ? "responseItem" : "requestItem";
    if (kind === "end") return fromResponder ? "responseEnd" : "requestEnd";
    if (kind === "cancel") return fromResponder ? undefined : "cancel";
    const fromResponderOnly = kind === "leading" || kind === "response" || kind === "error";
    return fromResponderOnly && fromResponder ? kind : undefined;
  }

  /** The state after a local act: none after the end, an error where this side uses the call wrongly. */
  #after(act: CallAct): CallState | undefined {
    if (this.#state === "over") return undefined;
    const next = nextState(this.#state, act, this.kind);
    if (next !== undefined) return next;
    throw new ConcordatError(
      "failed_precondition",
      `"${act}" is not possible on a ${this.kind} call that is ${this.#state}.`,
    );
  }

  #act(act: CallAct, frame: OutgoingFrame): void {
    const next = this.#after(act);
    if (next === undefined) return;
    this.#link.emit(frame); // may throw, and then nothing has happened
    if (this.#state === "over") return; // what the frame carries had a getter that ended the call
    if (next === "over") this.#over();
    else this.#state = next;
  }

  #over(): void {
    this.#state = "over";
    this.#link.ended(this);
  }
}
