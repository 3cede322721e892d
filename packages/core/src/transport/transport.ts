/** What a pipe has to offer to carry a session: a WebSocket, a MessagePort, or two ends in one process. */

/**
 * One end of an open pipe that carries whole messages in order.
 *
 * Given to `server.accept`, or returned by a client's `connect`. An application that brings its own implements it, and
 * runs `transportCases` of `@concordat/testing` over it; it calls none of its members itself, but for `close`.
 */
export interface Transport {
  /**
   * What was sent and has not left this process yet, in bytes; 0 where nobody knows.
   *
   * Over the limit `bufferedBytes` the connection is closed with 4511.
   */
  readonly bufferedBytes: number;
  /**
   * Sends one message: text as text, bytes as bytes.
   *
   * The bytes must not be changed or given away here: they may have to be sent again. They stay as they are until the
   * other side has said that it has them, and are written over then: what is handed on within the process is a copy.
   * Does nothing after the end. Never throws.
   */
  send(message: string | Uint8Array): void;
  /**
   * Closes in an orderly way: the other side gets code and reason behind all that was sent before.
   *
   * `listener.closed` follows, sooner or later, exactly once. Never throws, twice is harmless.
   */
  close(code: number, reason: string): void;
  /** Says who is told, also of what came before. Called once. */
  listen(listener: TransportListener): void;
}

/** The one who is told what happens on a pipe. A transport calls it. */
export interface TransportListener {
  /** A message came. Bytes are a plain `Uint8Array` over memory that nobody else changes. */
  message(message: string | Uint8Array): void;
  /** The pipe is gone. Code and reason are the peer's where it said any; 1006 and empty otherwise. */
  closed(code: number, reason: string): void;
}
