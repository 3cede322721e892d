/** Messages that come whole, in a chunk of their own, from a socket that `ws` reads: most small ones do, and need no parser. */
import { FrameEdges } from "./frame-edges.ts";
import { headBytes, longLength, maskBit, maskBytes, wholeBytes } from "./web-socket-frame.ts";

/** Hears what a socket reads. */
type ChunkListener = (chunk: Uint8Array) => void;

/** As much of a socket of Node as is used. */
export interface ReadingSocket {
  listeners(event: "data"): readonly unknown[];
  on(event: "data", listener: ChunkListener): unknown;
  off(event: "data", listener: ChunkListener): unknown;
}

/** What is taken, and by whom. */
export interface WholeMessagesOptions {
  /** Whether the peer masks, as a client does (RFC 6455, section 5.3). */
  readonly isMasked: boolean;
  /** The longest message, in bytes. One that is longer is the parser's, which closes. */
  readonly maxBytes: number;
  /** Is given each message, unmasked where it was read. */
  readonly take: (message: Uint8Array) => void;
  /**
   * How many messages the parser has handed on so far. One that puts messages off, as some releases of `ws` do, would be
   * overtaken: where it was seen to do so, nothing is taken any more. Default: it never does.
   */
  readonly handedOn?: () => number;
}

/** What is longer gains nothing, and `ws` may have a native way to unmask it. */
const mostBytes = 1_024;

/**
 * Takes the place of the parser at a socket that has just been upgraded, and leaves to it whatever is not one whole message
 * of bytes: texts, control frames, fragments, several frames at once, and every mistake.
 *
 * The parser of `ws` is a stream, and cuts eight views for each frame: together a seventh of a small call's processor time
 * at the server where it is alone on its connection (decision 36). A socket on which somebody else listens is left as it is.
 *
 * @param socket One whose extensions are none.
 */
export function takeWholeMessages(
  socket: ReadingSocket,
  { isMasked, maxBytes, take, handedOn }: WholeMessagesOptions,
): void {
  const [parser, ...others] = socket.listeners("data");
  if (!isListener(parser) || others.length > 0) return;
  const longest = Math.min(maxBytes, mostBytes);
  /** What the parser is in the middle of; nothing between messages. */
  let edges: FrameEdges | undefined;
  let putsOff = false;
  const hear = (chunk: Uint8Array): void => {
    if (putsOff) return parser.call(socket, chunk);
    if (edges === undefined) {
      const start = startOfBody(chunk, isMasked);
      if (start > 0 && chunk.length - start <= longest) {
        if (isMasked) unmask(chunk, start);
        return take(new Uint8Array(chunk.buffer, chunk.byteOffset + start, chunk.length - start));
      }
      edges = new FrameEdges();
    }
    const due = edges.pass(chunk) + (handedOn?.() ?? 0);
    if (edges.isBetweenMessages) edges = undefined;
    parser.call(socket, chunk);
    if (handedOn !== undefined && handedOn() < due) putsOff = true;
  };
  socket.off("data", parser);
  // `ws` takes its listener away when it is done with a socket. By this property, the one of the wrappers that `once` makes,
  // Node takes away the listener that stands for it.
  socket.on("data", Object.assign(hear, { listener: parser }));
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

/** The mask stands right before the body. */
function unmask(chunk: Uint8Array, start: number): void {
  const mask = start - maskBytes;
  for (let at = start; at < chunk.length; at++) {
    chunk[at] = (chunk[at] ?? 0) ^ (chunk[mask + ((at - start) & 3)] ?? 0);
  }
}

function isListener(value: unknown): value is ChunkListener {
  return typeof value === "function";
}
