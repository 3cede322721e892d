/** Frame to bytes and back, side by side. */
import { type ByteBudget, extentOfFrame } from "./byte-budget.ts";
import { concatBytes } from "./concat-bytes.ts";
import { faultFromWire, faultToWire } from "./fault.ts";
import { maxCallId, type Frame } from "./frame.ts";
import { frameKindOf, frameKinds, ignorableFrom, type FrameKind } from "./frame-kind.ts";
import { metadataFromWire, metadataToWire } from "./metadata.ts";
import { decodeWalked, valueToBytes } from "./values.ts";
import { WireError } from "./wire-error.ts";

/** A frame as one MessagePack array: `[kind, id, …body]`, the body in the order of `frame-kind.ts`. */
export function frameToBytes(frame: Frame): Uint8Array {
  const body = bodyOf(frame);
  return concatBytes([
    Uint8Array.of(0x90 | (2 + body.length)), // no frame has more than 15 elements
    valueToBytes(frameKinds[frame.kind].number),
    valueToBytes(frame.id),
    ...body,
  ]);
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
  const frames: Frame[] = [];
  let at = 0;
  for (let count = 1; at < message.length; count += 1) {
    if (count > framesPerMessage)
      throw new WireError(`a message holds more than ${framesPerMessage} frames`);
    const { end, elementEnds } = extentOfFrame(message, at, budget);
    const frame = frameFromElements(elementsOf(message, at, elementEnds));
    if (frame !== undefined) frames.push(frame);
    at = end;
  }
  return frames;
}

function bodyOf(frame: Frame): readonly Uint8Array[] {
  switch (frame.kind) {
    case "request":
      return [
        valueToBytes(frame.procedure),
        valueToBytes(frame.timeoutMs),
        valueToBytes(metadataToWire(frame.metadata)),
        frame.payload,
      ];
    case "item":
      return [frame.payload];
    case "end":
    case "leading":
      return [valueToBytes(metadataToWire(frame.metadata))];
    case "response":
      return [valueToBytes(metadataToWire(frame.metadata)), frame.payload];
    case "error":
      return [valueToBytes(faultToWire(frame.fault)), valueToBytes(metadataToWire(frame.metadata))];
    case "cancel":
      return [valueToBytes(frame.code)];
    case "credit":
      return [valueToBytes(frame.bytes)];
    case "ping":
    case "pong":
      return [valueToBytes(frame.token)];
    case "ack":
      return [valueToBytes(frame.frames)];
    case "goaway":
      return [valueToBytes(frame.withinMs)];
    case "notice":
      return [valueToBytes(frame.text)];
    case "begin":
      return [];
  }
}

function frameFromElements(elements: readonly Uint8Array[]): Frame | undefined {
  const number = whole(elements[0], "a frame's kind");
  const id = whole(elements[1], "a frame's id");
  const kind = frameKindOf(number);
  if (kind === undefined) {
    if (number >= ignorableFrom) return undefined;
    throw new WireError(`frame kind ${number} is unknown`);
  }
  const body = elements.slice(2);
  const { length } = frameKinds[kind].body;
  if (body.length < length) {
    throw new WireError(`a ${kind} frame has ${body.length} elements behind its id, not ${length}`);
  }
  if (frameKinds[kind].scope === "session") {
    if (id !== 0) throw new WireError(`a ${kind} frame has an id`);
  } else if (id > maxCallId || (id === 0 && kind !== "credit")) {
    throw new WireError(`a ${kind} frame has the impossible id ${id}`);
  }
  return frameOf(kind, id, body);
}

function frameOf(kind: FrameKind, id: number, body: readonly Uint8Array[]): Frame {
  const [first, second, third, fourth] = body;
  switch (kind) {
    case "request":
      return {
        kind,
        id,
        procedure: text(first, "a procedure name"),
        timeoutMs: whole(second, "a timeout"),
        metadata: metadataFromWire(valueOf(third)),
        payload: bytesOf(fourth),
      };
    case "item":
      return { kind, id, payload: bytesOf(first) };
    case "end":
    case "leading":
      return { kind, id, metadata: metadataFromWire(valueOf(first)) };
    case "response":
      return { kind, id, metadata: metadataFromWire(valueOf(first)), payload: bytesOf(second) };
    case "error":
      return {
        kind,
        id,
        fault: faultFromWire(valueOf(first)),
        metadata: metadataFromWire(valueOf(second)),
      };
    case "cancel":
      return { kind, id, code: whole(first, "a cancel code") };
    case "credit":
      return { kind, id, bytes: whole(first, "a credit") };
    case "ping":
    case "pong":
      return { kind, id: 0, token: whole(first, "a ping token") };
    case "ack":
      return { kind, id: 0, frames: whole(first, "a count of frames") };
    case "goaway":
      return { kind, id: 0, withinMs: whole(first, "a drain window") };
    case "notice":
      return { kind, id: 0, text: text(first, "a notice") };
    case "begin":
      return { kind, id: 0 };
  }
}

/** A frame's elements; the walk over the whole frame has checked them. */
function elementsOf(
  message: Uint8Array,
  start: number,
  elementEnds: readonly number[],
): readonly Uint8Array[] {
  const head = message[start] ?? 0;
  if (head < 0x92 || head > 0x9f)
    throw new WireError("a frame is not an array of 2 to 15 elements");
  let at = start + 1;
  return elementEnds.map((end) => {
    const element = message.subarray(at, end);
    at = end;
    return element;
  });
}

function bytesOf(element: Uint8Array | undefined): Uint8Array {
  if (element === undefined) throw new WireError("a frame is too short");
  return element;
}

function valueOf(element: Uint8Array | undefined): unknown {
  return decodeWalked(bytesOf(element));
}

function whole(element: Uint8Array | undefined, what: string): number {
  const value = valueOf(element);
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new WireError(`${what} is not a whole number`);
}

function text(element: Uint8Array | undefined, what: string): string {
  const value = valueOf(element);
  if (typeof value === "string") return value;
  throw new WireError(`${what} is not text`);
}
