/** A `ws` socket of the server as a transport. */
import type { Duplex } from "node:stream";
import { type RawData, WebSocket } from "ws";
import {
  type FrameEdges,
  headBytes,
  type MessageTaker,
  putHead,
  type Transport,
  type TransportListener,
  wholeBytes,
  type WholeMessages,
  wholeText,
} from "@concordat/core/internal";

/** What is longer is not copied to stand behind its head: ws gives both to the operating system as they are. */
const mostCopiedBytes = 4_096;

/**
 * A socket that is a transport by itself, made by the WebSocket server.
 *
 * Its events are taken where they are emitted: listeners of each socket's own are a sixth of what an idle one costs.
 * Nobody else can listen to it. An `error` needs no listener then, and none ends the process.
 */
export class WsTransport extends WebSocket implements Transport, MessageTaker {
  edges: FrameEdges | undefined;
  #listener: TransportListener | undefined;
  #greeted: (() => void) | undefined;
  #raw: Duplex | undefined;

  get bufferedBytes(): number {
    return this.bufferedAmount;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
  }

  /**
   * Says what it reads from and writes to, so that a small message comes without a parser, and leaves in one piece: head and
   * body by themselves are a tenth of what a lone call costs. Of a socket that agreed on no extension, before it is heard.
   *
   * @param whole Takes such messages at all sockets of the server.
   */
  over(raw: Duplex, whole: WholeMessages): void {
    this.#raw = raw;
    whole.at(raw, this);
  }

  /** Has `greeted` called when the first message has come, before it is handed on. */
  atGreeting(greeted: () => void): void {
    this.#greeted = greeted;
  }

  override send(message: string | Uint8Array): void {
    // After a close ws would report an error through the callback; there is nobody left to tell.
    if (this.readyState !== this.OPEN) return;
    const isText = typeof message === "string";
    const bytes = isText ? Buffer.from(message) : message;
    if (this.#raw === undefined || bytes.length > mostCopiedBytes)
      super.send(bytes, { binary: !isText }, ignore);
    else this.#raw.write(frameOf(bytes, isText ? wholeText : wholeBytes));
  }

  override close(code: number, reason: string): void {
    // Who has ended its side and takes nothing would keep the socket, and what waits in it: ws has no patience to lose then.
    if (this.#raw?.readableEnded === true) return this.terminate();
    try {
      super.close(code, reason);
    } catch {
      this.terminate(); // a code or reason that ws refuses must not leave a socket open
    }
  }

  override emit(event: string | symbol, first?: unknown, second?: unknown): boolean {
    if (event === "message") this.#heard(first as RawData, second === true); // ws emits these two
    else if (event === "close") this.#ended(first as number, second as Buffer); // and here these
    return true;
  }

  #heard(data: RawData, isBinary: boolean): void {
    this.take(isBinary ? bytesOf(data) : textOf(data));
  }

  /** A message has come, by whichever way. */
  take(message: string | Uint8Array): void {
    const greeted = this.#greeted;
    if (greeted !== undefined) {
      this.#greeted = undefined;
      greeted();
    }
    this.#listener?.message(message);
  }

  #ended(code: number, reason: Buffer): void {
    this.#listener?.closed(code, reason.toString("latin1"));
  }
}

/** A message as a frame of WebSocket, unmasked as a server's are. */
function frameOf(message: Uint8Array, first: number): Buffer {
  const { length } = message;
  const head = headBytes(length);
  const frame = Buffer.allocUnsafe(head + length);
  putHead(frame, first, length, 0);
  frame.set(message, head);
  return frame;
}

/** A plain Uint8Array: a Buffer's `slice` is a view where everybody else's is a copy. */
function bytesOf(data: RawData): Uint8Array {
  const buffer = Array.isArray(data) ? Buffer.concat(data) : data;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function textOf(data: RawData): string {
  return Buffer.from(bytesOf(data)).toString("utf8");
}

function ignore(): void {
  // See where it is passed.
}
