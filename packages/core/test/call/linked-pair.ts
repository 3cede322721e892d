/** Two links and the pipe between them, which carries a message when the test says so. */
import type { Call } from "../../src/call/call.ts";
import { Link } from "../../src/call/link.ts";
import { everyPart } from "../../src/call/link-parts.ts";
import type { ReceivedNotification } from "../../src/call/notification-lane.ts";
import type { CallKind } from "../../src/contract/procedure-kind.ts";
import type { Frame, RequestFrame } from "../../src/wire/frame.ts";
import { nil } from "../../src/wire/frame.ts";
import { framesFromBytes } from "../../src/wire/frame-bytes.ts";
import { announce, type Limits, limitsWith } from "../../src/wire/limits.ts";
import { noMetadata } from "../../src/wire/metadata.ts";
import { RecordingEar } from "./recording-ear.ts";

/** A call as its responder got it. */
export interface Accepted {
  readonly call: Call;
  readonly frame: RequestFrame;
  readonly ear: RecordingEar;
}

/** A requester and a responder. Procedures are called as their kinds are. */
export class LinkedPair {
  readonly limits: Limits;
  readonly requester: Link;
  readonly responder: Link;
  readonly accepted: Accepted[] = [];
  /** What the requester, and what the responder was told. */
  readonly toldToRequester: ReceivedNotification[] = [];
  readonly toldToResponder: ReceivedNotification[] = [];
  /** Requests that came to the requester. */
  readonly unanswered: unknown[] = [];
  now = 1_000;
  #toResponder: Uint8Array[] = [];
  #toRequester: Uint8Array[] = [];

  constructor(limits: Partial<Limits> = {}) {
    this.limits = limitsWith(limits);
    this.requester = new Link({
      parts: everyPart(),
      limits: this.limits,
      ear: {
        ...silent,
        session: (frame) => this.unanswered.push(frame),
        notification: (received) => this.toldToRequester.push(received),
      },
    });
    this.responder = new Link({
      parts: everyPart(),
      limits: this.limits,
      ear: {
        ...silent,
        kindOf: (procedure) => kinds.get(procedure),
        notification: (received) => this.toldToResponder.push(received),
        request: (call, frame) => {
          this.accepted.push({ call, frame, ear: new RecordingEar(call) });
        },
      },
    });
    for (const link of [this.requester, this.responder]) {
      link.replay.stop();
      link.open(announce((name) => this.limits[name]));
    }
  }

  /** Opens a call of a kind. Nothing is carried yet. */
  open(
    kind: CallKind,
    options: { readonly deadline?: number; readonly payload?: Uint8Array } = {},
  ): { readonly call: Call; readonly ear: RecordingEar } {
    const { deadline, payload = nil } = options;
    const call = this.requester.request(
      { callKind: kind, procedure: kind, metadata: noMetadata, payload, deadline },
      this.now,
    );
    return { call, ear: new RecordingEar(call) };
  }

  /** Opens a call and lets it arrive. */
  connect(kind: CallKind): {
    readonly near: ReturnType<LinkedPair["open"]>;
    readonly far: Accepted;
  } {
    const near = this.open(kind);
    this.carry();
    const far = this.accepted.at(-1);
    if (far === undefined) throw new Error("the call did not arrive");
    return { near, far };
  }

  /** Carries the messages of one direction; returns their frames. */
  carryTo(side: "requester" | "responder"): Frame[] {
    const [from, to] =
      side === "responder" ? [this.requester, this.responder] : [this.responder, this.requester];
    const waiting = side === "responder" ? this.#toResponder : this.#toRequester;
    const messages = [...waiting.splice(0), ...from.takeMessages()];
    for (const message of messages) to.receive(message.slice(), this.now);
    return messages.flatMap((message) => framesFromBytes(message, this.limits));
  }

  /** Carries everything until nothing more is said. */
  carry(): void {
    while (this.carryTo("responder").length + this.carryTo("requester").length > 0);
  }

  /** Takes messages out of one side and keeps them on their way. */
  delay(side: "requester" | "responder"): void {
    if (side === "responder") this.#toResponder.push(...this.requester.takeMessages());
    else this.#toRequester.push(...this.responder.takeMessages());
  }

  /** Lets time pass on both sides. */
  pass(ms: number): void {
    this.now += ms;
    this.requester.tick(this.now);
    this.responder.tick(this.now);
  }
}

const kinds: ReadonlyMap<string, CallKind> = new Map([
  ["unary", "unary"],
  ["serverStream", "serverStream"],
  ["clientStream", "clientStream"],
  ["bidiStream", "bidiStream"],
]);

const silent = {
  pending: () => undefined,
  session: () => undefined,
};
