/** Frame to bytes and back, side by side. */
import { Walk } from "./byte-budget.ts";
import { writtenFault } from "./fault.ts";
import type { Frame, OutgoingFrame } from "./frame.ts";
import { frameKindOf, frameKinds, isCounted } from "./frame-kind.ts";
import { FrameReader, type MessageBudget } from "./frame-reader.ts";
import { type Metadata, putMetadata } from "./metadata.ts";
import { Output } from "./output.ts";
import { type Payload, putPayload } from "./payload.ts";
import { putListHead, putNumber } from "./sink.ts";
import { putText } from "./sink-text.ts";

/** A frame as one MessagePack array: `[kind, id, …body]`, the body in the order of `reference/frames.ts`. */
export function frameToBytes(frame: Frame): Uint8Array {
  const output = new Output(64);
  putFrame(output, outgoing(frame));
  return output.part();
}

/** A frame with what writes its fault, where it has one. */
export function outgoing(frame: Frame): OutgoingFrame {
  return frame.kind === "error" ? { ...frame, fault: writtenFault(frame.fault) } : frame;
}

/** The frames of one message: {@link FrameReader} for whoever gets one. */
export function framesFromBytes(message: Uint8Array, budget: MessageBudget): Frame[] {
  return new FrameReader(budget).frames(message);
}

/** Writes a frame behind what was written already; see {@link frameToBytes}. */
export function putFrame(to: Output, frame: OutgoingFrame): void {
  const { number, body } = frameKinds[frame.kind];
  const cursor = frame.kind === "item" ? frame.cursor : undefined;
  putListHead(to, 2 + body.length + (cursor === undefined ? 0 : 1));
  putNumber(to, number);
  putNumber(to, frame.id);
  putBody(to, frame);
  if (cursor !== undefined) putText(to, cursor);
}

function putBody(to: Output, frame: OutgoingFrame): void {
  // What there is most of, without looking each element up.
  switch (frame.kind) {
    case "request":
      putText(to, frame.procedure);
      putNumber(to, frame.timeoutMs);
      putMetadata(to, frame.metadata);
      return putPayload(to, frame.payload);
    case "response":
      putMetadata(to, frame.metadata);
      return putPayload(to, frame.payload);
    case "item":
      return putPayload(to, frame.payload);
    default:
      return putElements(to, frame);
  }
}

function putElements(to: Output, frame: OutgoingFrame): void {
  // The kind's row names what such a frame holds.
  const elements = frame as unknown as Readonly<Record<string, Element>>;
  for (const name of frameKinds[frame.kind].body) putElement(to, elements[name] ?? 0);
}

type Element = number | string | Metadata | Payload;

/** What an element is says how it travels. */
function putElement(to: Output, element: Element): void {
  if (typeof element === "number") putNumber(to, element);
  else if (typeof element === "string") putText(to, element);
  else if (isMetadata(element)) putMetadata(to, element);
  else putPayload(to, element);
}

function isMetadata(element: Metadata | Payload): element is Metadata {
  return Array.isArray(element);
}

/** The bytes of each frame of a call in a message that this side has made: what a resumed session sends again. */
export function countedFrames(message: Uint8Array): Uint8Array[] {
  const walk = new Walk(message, { depth: Infinity, values: Infinity });
  const counted: Uint8Array[] = [];
  while (walk.at < message.length) {
    const start = walk.at;
    walk.next();
    const kind = frameKindOf(message[start + 1] ?? 0);
    if (kind !== undefined && isCounted(kind)) counted.push(message.subarray(start, walk.at));
  }
  return counted;
}
