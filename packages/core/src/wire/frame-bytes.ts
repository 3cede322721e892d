/** Frame to bytes and back, side by side. */
import { type ByteBudget, FrameWalk } from "./byte-budget.ts";
import { putFault } from "./fault.ts";
import { maxCallId, type Frame, type OutgoingFrame } from "./frame.ts";
import { FrameElements } from "./frame-elements.ts";
import { frameKindOf, frameKinds, ignorableFrom, isCounted, type FrameKind } from "./frame-kind.ts";
import { checkMetadata, putMetadata } from "./metadata.ts";
import { Output } from "./output.ts";
import { putPayload } from "./payload.ts";
import { putListHead, putNumber } from "./sink.ts";
import { putText } from "./sink-text.ts";
import { WireError } from "./wire-error.ts";

const nothing = new Uint8Array(0);

/** A frame as one MessagePack array: `[kind, id, …body]`, the body in the order of `reference/frames.ts`. */
export function frameToBytes(frame: OutgoingFrame): Uint8Array {
  const output = new Output(64);
  putFrame(output, frame);
  return output.part();
}

/** Writes a frame behind what was written already; see {@link frameToBytes}. */
export function putFrame(to: Output, frame: OutgoingFrame): void {
  const { number, elements } = frameKinds[frame.kind];
  const more = frame.kind === "item" && frame.cursor !== undefined ? 1 : 0;
  putListHead(to, 2 + elements + more);
  putNumber(to, number);
  putNumber(to, frame.id);
  putBody(to, frame);
}

/** What one message may cost. */
export interface MessageBudget extends ByteBudget {
  /** How many bytes it may have. Default: any number. */
  readonly messageBytes?: number;
  /** How many frames it may hold. Default: any number. */
  readonly framesPerMessage?: number;
  /** How many bytes the metadata of a frame may have. Default: any number. */
  readonly metadataBytes?: number;
}

/**
 * The frames of one message, in order. Unknown ignorable frames are left out.
 *
 * @throws WireError at the first thing that is not a frame, and at the first frame too many; the frames before it
 * are not delivered.
 */
export function framesFromBytes(message: Uint8Array, budget: MessageBudget): Frame[] {
  return new FrameReader(budget).frames(message);
}

/** Reads one message after the other, of one connection or of many: {@link framesFromBytes} for whoever gets many. */
export class FrameReader {
  readonly #budget: MessageBudget;
  readonly #walk: FrameWalk;
  readonly #elements: FrameElements;

  constructor(budget: MessageBudget) {
    this.#budget = budget;
    this.#walk = new FrameWalk(budget);
    this.#elements = new FrameElements(this.#walk);
  }

  /** See {@link framesFromBytes}. Keeps nothing of the message. */
  frames(message: Uint8Array): Frame[] {
    const { framesPerMessage = Infinity, messageBytes = Infinity } = this.#budget;
    const { metadataBytes = Infinity } = this.#budget;
    if (message.length > messageBytes)
      throw new WireError(`a message has ${message.length} bytes`, "message-too-large");
    this.#begin(message);
    let frames: Frame[] | undefined;
    for (let count = 1; this.#walk.at < message.length; count += 1) {
      if (count > framesPerMessage)
        throw new WireError(`a message holds more than ${framesPerMessage} frames`);
      this.#walk.next();
      const frame = frameOfWalk(this.#walk, this.#elements);
      if (frame === undefined) continue;
      if ("metadata" in frame) checkMetadata(frame.metadata, metadataBytes);
      // Most messages hold one, and a list that grows takes room for seventeen.
      if (frames === undefined) frames = [frame];
      else frames.push(frame);
    }
    this.#begin(nothing);
    return frames ?? [];
  }

  #begin(message: Uint8Array): void {
    this.#walk.begin(message);
    this.#elements.beginMessage(message);
  }
}

/** The bytes of each frame of a call in a message that this side has made: what a resumed session sends again. */
export function countedFrames(message: Uint8Array): Uint8Array[] {
  const walk = new FrameWalk({ depth: Infinity, values: Infinity });
  walk.begin(message);
  const counted: Uint8Array[] = [];
  while (walk.at < message.length) {
    const start = walk.at;
    walk.next();
    const kind = frameKindOf(message[start + 1] ?? 0);
    if (kind !== undefined && isCounted(kind)) counted.push(message.subarray(start, walk.at));
  }
  return counted;
}

function putBody(to: Output, frame: OutgoingFrame): void {
  switch (frame.kind) {
    case "request":
      putText(to, frame.procedure);
      putNumber(to, frame.timeoutMs);
      putMetadata(to, frame.metadata);
      return putPayload(to, frame.payload);
    case "item":
      putPayload(to, frame.payload);
      return frame.cursor === undefined ? undefined : putText(to, frame.cursor);
    case "end":
    case "leading":
      return putMetadata(to, frame.metadata);
    case "response":
      putMetadata(to, frame.metadata);
      return putPayload(to, frame.payload);
    case "error":
      putFault(to, frame.fault);
      return putMetadata(to, frame.metadata);
    case "cancel":
      return putNumber(to, frame.code);
    case "notification":
      putText(to, frame.procedure);
      putMetadata(to, frame.metadata);
      return putPayload(to, frame.payload);
    case "credit":
    case "notificationCredit":
      return putNumber(to, frame.bytes);
    case "ping":
    case "pong":
      return putNumber(to, frame.token);
    case "ack":
      return putNumber(to, frame.frames);
    case "goaway":
    case "expiry":
      return putNumber(to, frame.withinMs);
    case "renew":
      return putText(to, frame.credentials);
    case "notice":
      return putText(to, frame.text);
    case "begin":
      return undefined;
  }
}

/** The frame that a walk has just passed. */
function frameOfWalk(walk: FrameWalk, elements: FrameElements): Frame | undefined {
  elements.beginFrame();
  const number = elements.whole("a frame's kind");
  const id = elements.whole("a frame's id");
  const kind = frameKindOf(number);
  if (kind === undefined) {
    if (number >= ignorableFrom) return undefined;
    throw new WireError(`frame kind ${number} is unknown`);
  }
  const { scope, elements: least } = frameKinds[kind];
  if (walk.elements - 2 < least) {
    throw new WireError(
      `a ${kind} frame has ${walk.elements - 2} elements behind its id, not ${least}`,
    );
  }
  if (scope !== "call") {
    if (id !== 0) throw new WireError(`a ${kind} frame has an id`);
  } else if (id > maxCallId || (id === 0 && kind !== "credit")) {
    throw new WireError(`a ${kind} frame has the impossible id ${id}`);
  }
  return frameOf(kind, id, elements);
}

function itemOf(id: number, payload: Uint8Array, elements: FrameElements): Frame {
  return elements.hasMore
    ? { kind: "item", id, payload, cursor: elements.text("a cursor") }
    : { kind: "item", id, payload };
}

function frameOf(kind: FrameKind, id: number, elements: FrameElements): Frame {
  switch (kind) {
    case "request":
      return {
        kind,
        id,
        procedure: elements.text("a procedure name"),
        timeoutMs: elements.whole("a timeout"),
        metadata: elements.metadata(),
        payload: elements.bytes(),
      };
    case "item":
      return itemOf(id, elements.bytes(), elements);
    case "end":
    case "leading":
      return { kind, id, metadata: elements.metadata() };
    case "response":
      return { kind, id, metadata: elements.metadata(), payload: elements.bytes() };
    case "error":
      return { kind, id, fault: elements.fault(), metadata: elements.metadata() };
    case "cancel":
      return { kind, id, code: elements.whole("a cancel code") };
    case "credit":
      return { kind, id, bytes: elements.whole("a credit") };
    case "notification":
      return {
        kind,
        id: 0,
        procedure: elements.text("a procedure name"),
        metadata: elements.metadata(),
        payload: elements.bytes(),
      };
    case "notificationCredit":
      return { kind, id: 0, bytes: elements.whole("a credit") };
    case "ping":
    case "pong":
      return { kind, id: 0, token: elements.whole("a ping token") };
    case "ack":
      return { kind, id: 0, frames: elements.whole("a count of frames") };
    case "goaway":
    case "expiry":
      return { kind, id: 0, withinMs: elements.whole("a time") };
    case "renew":
      return { kind, id: 0, credentials: elements.text("credentials") };
    case "notice":
      return { kind, id: 0, text: elements.text("a notice") };
    case "begin":
      return { kind, id: 0 };
  }
}
