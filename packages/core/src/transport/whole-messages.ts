/** Messages that come whole, in a chunk of their own, from a socket that `ws` reads: most small ones do, and need no parser. */
import { FrameEdges } from "./frame-edges.ts";
import {
  applyMask,
  headBytes,
  longLength,
  maskBit,
  maskBytes,
  wholeBytes,
} from "./web-socket-frame.ts";

/** Hears what a socket reads. */
type ChunkListener = (chunk: Uint8Array) => void;

/** As much of a socket of Node as is used. */
export interface ReadingSocket {
  listeners(event: "data"): readonly unknown[];
  on(event: "data", listener: ChunkListener): unknown;
  off(event: "data", listener: ChunkListener): unknown;
}

/** What may be taken. */
export interface WholeMessagesOptions {
  /** Whether the peer masks, as a client does (RFC 6455, section 5.3). */
  readonly isMasked: boolean;
  /** The longest message, in bytes. One that is longer is the parser's, which closes. */
  readonly maxBytes: number;
}

/** Who takes the messages of one socket. */
export interface MessageTaker {
  /** What the parser is in the middle of: nothing at first, and between messages. Set here only. */
  edges: FrameEdges | undefined;
  /** Is given each message, unmasked where it was read. */
  take(message: Uint8Array): void;
  /**
   * How many messages the parser has handed on so far. One that puts messages off, as some releases of `ws` do, would be
   * overtaken: where it was seen to do so, nothing is taken any more. Default: it never does.
   */
  handedOn?(): number;
}

/** Where a socket's taker is kept. */
const takerOf = Symbol("taker");

interface TakenSocket extends ReadingSocket {
  [takerOf]?: MessageTaker;
}

/** What is longer gains nothing, and `ws` may have a native way to unmask it. */
const mostBytes = 1_024;

/** Takes them at any number of sockets. The listener is one for all: each of its own was a fortieth of what an idle connection costs a server. */
export class WholeMessages {
  readonly #isMasked: boolean;
  readonly #longest: number;
  #parser: ChunkListener | undefined;
  #listener: ChunkListener | undefined;

  constructor({ isMasked, maxBytes }: WholeMessagesOptions) {
    this.#isMasked = isMasked;
    this.#longest = Math.min(maxBytes, mostBytes);
  }

  /**
   * Takes the place of the parser at a socket that has just been upgraded, and leaves to it whatever is not one whole message
   * of bytes: texts, control frames, fragments, several frames at once, and every mistake.
   *
   * The parser of `ws` is a stream, and cuts eight views for each frame: together a seventh of a small call's processor time
   * at the server where it is alone on its connection (decision 36). A socket on which somebody else listens is left as it is.
   *
   * @param socket One whose extensions are none.
   */
  at(socket: ReadingSocket, taker: MessageTaker): void {
    const [parser, ...others] = socket.listeners("data");
    if (!isListener(parser) || others.length > 0) return;
    const taken: TakenSocket = socket;
    taken[takerOf] = taker;
    socket.off("data", parser);
    socket.on("data", this.#standInFor(parser));
  }

  #standInFor(parser: ChunkListener): ChunkListener {
    if (this.#parser === parser && this.#listener !== undefined) return this.#listener;
    this.#parser = parser;
    return (this.#listener = standIn(parser, this.#isMasked, this.#longest));
  }
}

/** What listens in a parser's place. */
function standIn(parser: ChunkListener, isMasked: boolean, longest: number): ChunkListener {
  function hear(this: TakenSocket, chunk: Uint8Array): void {
    const taker = this[takerOf];
    if (taker === undefined) return parser.call(this, chunk);
    if (taker.edges === undefined) {
      const start = startOfBody(chunk, isMasked);
      if (start > 0 && chunk.length - start <= longest) {
        if (isMasked) applyMask(chunk, start);
        return taker.take(
          new Uint8Array(chunk.buffer, chunk.byteOffset + start, chunk.length - start),
        );
      }
      taker.edges = new FrameEdges();
    }
    const due = taker.edges.pass(chunk) + (taker.handedOn?.() ?? 0);
    if (taker.edges.isBetweenMessages) taker.edges = undefined;
    parser.call(this, chunk);
    if (taker.handedOn !== undefined && taker.handedOn() < due) delete this[takerOf];
    return undefined;
  }
  // `ws` takes its listener away when it is done with a socket. By this property, the one of the wrappers that `once` makes,
  // Node takes away the listener that stands for it.
  return Object.assign(hear, { listener: parser });
}

/** Where the body of the one message begins that a chunk is; 0 where it is anything else. */
function startOfBody(chunk: Uint8Array, isMasked: boolean): number {
  if (chunk[0] !== wholeBytes) return 0;
  // Over the sign for a long length where it is masked and must not be, or the other way round.
  const sign = (chunk[1] ?? 0) ^ (isMasked ? maskBit : 0);
  if (sign > longLength) return 0;
  const length = sign === longLength ? ((chunk[2] ?? 0) << 8) | (chunk[3] ?? 0) : sign;
  const start = headBytes(sign) + (isMasked ? maskBytes : 0);
  return chunk.length === start + length ? start : 0;
}

function isListener(value: unknown): value is ChunkListener {
  return typeof value === "function";
}
