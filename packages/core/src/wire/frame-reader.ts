/** Bytes to frames. */
import { type ByteBudget, Walk } from "./byte-budget.ts";
import { readFault } from "./fault.ts";
import { type Frame, maxCallId } from "./frame.ts";
import {
  type ElementName,
  type FrameKind,
  ignorableFrom,
  type NamedKind,
  rowNumbered,
} from "./frame-kind.ts";
import { checkPeersMetadata, type Metadata, readMetadata } from "./metadata.ts";
import { Source } from "./source.ts";
import { WireError } from "./wire-error.ts";

const nothing = new Uint8Array(0);

/** What one message may cost. */
export interface MessageBudget extends ByteBudget {
  /** How many bytes it may have. Default: any number. */
  readonly messageBytes?: number;
  /** How many frames it may hold. Default: any number. */
  readonly framesPerMessage?: number;
  /** How many bytes the metadata of a frame may have. Default: any number. */
  readonly metadataBytes?: number;
}

/** Reads one message after the other, of one connection or of many. */
export class FrameReader {
  readonly #budget: MessageBudget;
  readonly #walk: Walk;
  readonly #from = new Source(nothing);
  /** How many elements of the frame were not read yet. */
  #left = 0;
  /** The last text that was read: the frames of one connection mostly name one procedure. */
  #text = "";

  constructor(budget: MessageBudget) {
    this.#budget = budget;
    this.#walk = new Walk(nothing, budget);
  }

  /**
   * The frames of one message, in order. Unknown ignorable frames are left out. Keeps nothing of the message.
   *
   * @throws WireError at the first thing that is not a frame, and at the first frame too many; the frames before it
   * are not delivered.
   */
  frames(message: Uint8Array): Frame[] {
    const { framesPerMessage = Infinity, messageBytes = Infinity } = this.#budget;
    if (message.length > messageBytes)
      throw new WireError(`a message has ${message.length} bytes`, "message-too-large");
    this.#begin(message);
    let frames: Frame[] | undefined;
    for (let count = 1; this.#from.at < message.length; count += 1) {
      if (count > framesPerMessage)
        throw new WireError(`a message holds more than ${framesPerMessage} frames`);
      const frame = this.#frame();
      if (frame === undefined) continue;
      // Most messages hold one, and a list that grows takes room for seventeen.
      if (frames === undefined) frames = [frame];
      else frames.push(frame);
    }
    this.#begin(nothing);
    return frames ?? [];
  }

  #begin(message: Uint8Array): void {
    this.#walk.begin(message);
    this.#from.bytes = message;
    this.#from.at = 0;
  }

  /** The next frame; `undefined` for one that is ignored. */
  #frame(): Frame | undefined {
    this.#left = this.#walk.frame(this.#from.at);
    this.#from.at += 1;
    const number = this.#whole("kind");
    const id = this.#whole("id");
    const row = rowNumbered(number);
    if (row === undefined && number < ignorableFrom)
      throw new WireError(`frame kind ${number} is unknown`);
    const frame = row && this.#known(row, id);
    while (this.#left > 0) this.#from.at = this.#end(); // a later wire revision may have more
    return frame;
  }

  #known({ kind, scope, body }: NamedKind, id: number): Frame {
    if (this.#left < body.length) {
      throw new WireError(
        `a ${kind} frame has ${this.#left} elements behind its id, not ${body.length}`,
      );
    }
    const isPossible =
      scope === "call" ? id <= maxCallId && (id > 0 || kind === "credit") : id === 0;
    if (!isPossible) throw new WireError(`a ${kind} frame has the impossible id ${id}`);
    return this.#bodyOf(kind, id, body);
  }

  #bodyOf(kind: FrameKind, id: number, body: readonly ElementName[]): Frame {
    // What there is most of, without looking each element up.
    switch (kind) {
      case "request":
        return {
          kind,
          id,
          procedure: this.#string("procedure"),
          timeoutMs: this.#whole("timeoutMs"),
          metadata: this.#metadata(),
          payload: this.#bytes(),
          values: this.#walk.values,
        };
      case "response":
        return { kind, id, metadata: this.#metadata(), payload: this.#bytes() };
      case "item":
        return this.#item(id, this.#bytes());
      default:
        return this.#elements(kind, id, body);
    }
  }

  #elements(kind: FrameKind, id: number, body: readonly ElementName[]): Frame {
    const frame: Record<string, unknown> = { kind, id };
    for (const name of body) frame[name] = this.#element(name);
    // The kind's row names what stands in such a frame, and each name stands for one type.
    return frame as unknown as Frame;
  }

  #item(id: number, payload: Uint8Array): Frame {
    if (this.#left === 0) return { kind: "item", id, payload };
    return { kind: "item", id, payload, cursor: this.#string("cursor") };
  }

  #element(name: ElementName): unknown {
    switch (name) {
      case "procedure":
      case "credentials":
      case "text":
        return this.#string(name);
      case "metadata":
        return this.#metadata();
      case "payload":
        return this.#bytes();
      case "fault": {
        const end = this.#end();
        const fault = readFault(this.#from);
        this.#from.at = end;
        return fault;
      }
      default:
        return this.#whole(name);
    }
  }

  /** From 0 to 2^53 - 1. */
  #whole(name: string): number {
    this.#pass();
    const value = this.#from.nextNumber();
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw new WireError(`${name} is not a whole number`);
  }

  #string(name: string): string {
    this.#pass();
    if (this.#from.skipText(this.#text)) return this.#text;
    const text = this.#from.nextText();
    if (text === undefined) throw new WireError(`${name} is not text`);
    this.#text = text;
    return text;
  }

  #metadata(): Metadata {
    this.#end();
    const metadata = readMetadata(this.#from);
    checkPeersMetadata(metadata, this.#budget.metadataBytes);
    return metadata;
  }

  /** Any value: a view. */
  #bytes(): Uint8Array {
    return this.#from.take(this.#end() - this.#from.at);
  }

  /** An element without others in it is read. */
  #pass(): void {
    this.#left -= 1;
    this.#walk.met();
  }

  /** Where the next element ends, which is walked for it and not read yet. */
  #end(): number {
    this.#left -= 1;
    return this.#walk.value(this.#from.at, 1);
  }
}
