/** Past `ws`, for small messages: they are read from its socket, and written to it, in one step. */
import { type MessageTaker, WholeMessages } from "@concordat/core/internal";
import { MaskedFrames } from "./masked-frames.ts";
import { fillWithSecrets } from "./random.ts";
import type { EmittingSocket, RawSocket } from "./websocket-shape.ts";

/** What `ws` says of a socket that takes messages. */
const openState = 1;
/** Longer messages gain nothing: their bytes are what costs, and `ws` may have a native way to mask them. */
const mostBytes = 1_024;

/** What `ws` reads from and writes to, where it was seen. */
export interface Shortcut {
  readonly raw: RawSocket;
  /** The longest message that may come, in bytes. */
  readonly maxBytes: number;
}

/**
 * Whether there is nobody whom messages past `ws` would pass by: an extension, which changes frames, or somebody who
 * listens to them, or stands in the way of `send` or of events, as a class that counts, delays or shows messages does.
 *
 * @param socket One that has just opened.
 */
export function mayBePassedBy(socket: EmittingSocket): boolean {
  return (
    socket.extensions === "" &&
    socket.listenerCount("message") === 0 &&
    // What they are compared with nobody has a reason to replace.
    ownerOf(socket, "send") === ownerOf(socket, "extensions") &&
    ownerOf(socket, "emit") === ownerOf(socket, "eventNames") &&
    ownerOf(socket, "on") === ownerOf(socket, "eventNames")
  );
}

/** Which of an object and those that it inherits from has a member of its own. */
function ownerOf(object: object, name: string): object | null {
  let owner: object | null = object;
  while (owner !== null && !Object.hasOwn(owner, name)) owner = Reflect.getPrototypeOf(owner);
  return owner;
}

/** The way of one socket. */
export class ShortWay {
  readonly #socket: EmittingSocket;
  readonly #raw: RawSocket;
  readonly #frames = new MaskedFrames(fillWithSecrets);

  /** @param socket One that {@link mayBePassedBy}. */
  constructor(socket: EmittingSocket, { raw, maxBytes }: Shortcut, taker: MessageTaker) {
    this.#socket = socket;
    this.#raw = raw;
    new WholeMessages({ isMasked: false, maxBytes }).at(raw, taker);
  }

  /** Sends a message, unless it is one for `ws`: behind a close, none may be sent at all. */
  sends(message: Uint8Array): boolean {
    if (message.length > mostBytes || this.#socket.readyState !== openState) return false;
    this.#raw.write(this.#frames.frame(message));
    return true;
  }
}
