/** What a pipe has to offer to carry a session: a WebSocket, a MessagePort, or two ends in one process. */

/** One end of an open pipe that carries whole messages in order. */
export interface Transport {
  /** What was sent and has not left this process yet, in bytes. */
  readonly bufferedBytes: number;
  /** Sends one message. The bytes are not touched any more by the one who sent them. Does nothing after the end. */
  send(message: string | Uint8Array): void;
  /** Closes in an orderly way. `listener.closed` follows, sooner or later, exactly once. Never throws. */
  close(code: number, reason: string): void;
  /** Says who is told. Called once, in the turn in which the pipe opened. */
  listen(listener: TransportListener): void;
}

/** The one who is told what happens on a pipe. */
export interface TransportListener {
  message(message: string | Uint8Array): void;
  /** The pipe is gone. Code and reason are the peer's where it said any; 1006 and empty otherwise. */
  closed(code: number, reason: string): void;
}
