/** Frame to bytes and back, side by side. */
import { boundless, endOfFrame } from "./byte-budget.ts";
import { writtenFault } from "./fault.ts";
import type { Frame, OutgoingFrame } from "./frame.ts";
import { type FrameKindRule, frameKinds, isCounted, rowNumbered } from "./frame-kind.ts";
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
  // What there is most of, without looking each element up.
  switch (frame.kind) {
    case "request":
      putHead(to, frameKinds.request, frame.id);
      putText(to, frame.procedure);
      putNumber(to, frame.timeoutMs);
      putMetadata(to, frame.metadata);
      return putPayload(to, frame.payload);
    case "response":
      putHead(to, frameKinds.response, frame.id);
      putMetadata(to, frame.metadata);
      return putPayload(to, frame.payload);
    case "item": {
      const { id, payload, cursor } = frame;
      putHead(to, frameKinds.item, id, cursor === undefined ? 0 : 1);
      putPayload(to, payload);
      return cursor === undefined ? undefined : putText(to, cursor);
    }
    default:
      putHead(to, frameKinds[frame.kind], frame.id);
      return putElements(to, frame);
  }
}

/** @param more How many elements stand behind those of the row. */
function putHead(to: Output, { number, body }: FrameKindRule, id: number, more = 0): void {
  putListHead(to, 2 + body.length + more);
  putNumber(to, number);
  putNumber(to, id);
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
  const counted: Uint8Array[] = [];
  for (let start = 0, end = 0; start < message.length; start = end) {
    end = endOfFrame(message, start, boundless);
    const kind = rowNumbered(message[start + 1] ?? 0)?.kind;
    const id = message[start + 2] ?? 0; // its first byte, which only that of 0 is 0
    if (kind !== undefined && isCounted({ kind, id })) counted.push(message.subarray(start, end));
  }
  return counted;
}
