/** Frame to bytes and back, side by side. */
import { type ByteBudget, FrameWalk } from "./byte-budget.ts";
import { ByteWriter } from "./byte-writer.ts";
import { faultFromWire, faultToWire } from "./fault.ts";
import { maxCallId, type Frame } from "./frame.ts";
import { FrameElements } from "./frame-elements.ts";
import { frameKindOf, frameKinds, ignorableFrom, isCounted, type FrameKind } from "./frame-kind.ts";
import { type Metadata, metadataToWire } from "./metadata.ts";
import { valueToBytes } from "./values.ts";
import { WireError } from "./wire-error.ts";

/** MessagePack's array without elements, which is how no metadata travels. */
const emptyArray = 0x90;

/** A frame as one MessagePack array: `[kind, id, …body]`, the body in the order of `frame-kind.ts`. */
export function frameToBytes(frame: Frame): Uint8Array {
  const writer = new ByteWriter(64);
  writeFrame(writer, frame);
  return writer.view();
}

/** Writes a frame behind what was written already; see {@link frameToBytes}. */
export function writeFrame(writer: ByteWriter, frame: Frame): void {
  const { number, body } = frameKinds[frame.kind];
  const more = frame.kind === "item" && frame.cursor !== undefined ? 1 : 0;
  writer.byte(emptyArray | (2 + body.length + more)); // no frame has more than 15 elements
  writer.whole(number);
  writer.whole(frame.id);
  writeBody(writer, frame);
}

/** What one message may cost. */
export interface MessageBudget extends ByteBudget {
  /** How many frames it may hold. Default: any number. */
  readonly framesPerMessage?: number;
}

/**
 * The frames of one message, in order. Unknown ignorable frames are left out.
 *
 * @throws WireError at the first thing that is not a frame, and at the first frame too many; the frames before it
 * are not delivered.
 */
export function framesFromBytes(message: Uint8Array, budget: MessageBudget): Frame[] {
  const { framesPerMessage = Infinity } = budget;
  const walk = new FrameWalk(message, budget);
  const frames: Frame[] = [];
  for (let count = 1; walk.at < message.length; count += 1) {
    if (count > framesPerMessage)
      throw new WireError(`a message holds more than ${framesPerMessage} frames`);
    walk.next();
    const frame = frameOfWalk(message, walk);
    if (frame !== undefined) frames.push(frame);
  }
  return frames;
}

/** The bytes of each frame of a call in a message that this side has made: what a resumed session sends again. */
export function countedFrames(message: Uint8Array): Uint8Array[] {
  const walk = new FrameWalk(message, { depth: Infinity, values: Infinity });
  const counted: Uint8Array[] = [];
  while (walk.at < message.length) {
    const start = walk.at;
    walk.next();
    const kind = frameKindOf(message[start + 1] ?? 0);
    if (kind !== undefined && isCounted(kind)) counted.push(message.subarray(start, walk.at));
  }
  return counted;
}

function writeBody(writer: ByteWriter, frame: Frame): void {
  switch (frame.kind) {
    case "request":
      writer.text(frame.procedure);
      writer.whole(frame.timeoutMs);
      writeMetadata(writer, frame.metadata);
      return writer.raw(frame.payload);
    case "item":
      writer.raw(frame.payload);
      return frame.cursor === undefined ? undefined : writer.text(frame.cursor);
    case "end":
    case "leading":
      return writeMetadata(writer, frame.metadata);
    case "response":
      writeMetadata(writer, frame.metadata);
      return writer.raw(frame.payload);
    case "error":
      writer.raw(valueToBytes(faultToWire(frame.fault)));
      return writeMetadata(writer, frame.metadata);
    case "cancel":
      return writer.whole(frame.code);
    case "notification":
      writer.text(frame.procedure);
      writeMetadata(writer, frame.metadata);
      return writer.raw(frame.payload);
    case "credit":
    case "notificationCredit":
      return writer.whole(frame.bytes);
    case "ping":
    case "pong":
      return writer.whole(frame.token);
    case "ack":
      return writer.whole(frame.frames);
    case "goaway":
    case "expiry":
      return writer.whole(frame.withinMs);
    case "renew":
      return writer.text(frame.credentials);
    case "notice":
      return writer.text(frame.text);
    case "begin":
      return undefined;
  }
}

function writeMetadata(writer: ByteWriter, metadata: Metadata): void {
  if (metadata.length === 0) writer.byte(emptyArray);
  else writer.raw(valueToBytes(metadataToWire(metadata)));
}

/** The frame that a walk has just passed. */
function frameOfWalk(message: Uint8Array, walk: FrameWalk): Frame | undefined {
  const elements = new FrameElements(message, walk);
  const number = elements.whole("a frame's kind");
  const id = elements.whole("a frame's id");
  const kind = frameKindOf(number);
  if (kind === undefined) {
    if (number >= ignorableFrom) return undefined;
    throw new WireError(`frame kind ${number} is unknown`);
  }
  const { body, scope } = frameKinds[kind];
  if (walk.elements - 2 < body.length) {
    throw new WireError(
      `a ${kind} frame has ${walk.elements - 2} elements behind its id, not ${body.length}`,
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
      return { kind, id, fault: faultFromWire(elements.value()), metadata: elements.metadata() };
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
