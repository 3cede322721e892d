/** What a session asks of the world: the one place where it says what should happen. */

import type { Departure } from "../call/departure.ts";

/** The outside of a session. A pump implements it over a transport and a clock. */
export interface SessionPort {
  /** A message for the peer: text in the handshake, binary afterwards. */
  send(message: string | Uint8Array): void;
  /** Close the connection with a registered code and a reason of at most 123 bytes. Nothing is sent after it. */
  close(code: number, reason: string): void;
  /** `flush()` wants to be called, and `wakeAt` may have changed. Default: at the end of this turn. */
  pending(departure?: Departure): void;
}

/** What a pump drives: either side's session. */
export interface Session {
  /** When {@link Session.tick} wants to be called, or `undefined` for not at all. */
  readonly wakeAt: number | undefined;
  /** How many calls are open. */
  readonly callsOpen: number;
  /** How many bytes of frames wait for {@link Session.flush}. */
  readonly waitingBytes: number;
  /** A message came. Never throws, whatever it holds. */
  receive(message: string | Uint8Array, now: number): void;
  /** Time has passed. */
  tick(now: number): void;
  /** Sends what waits. */
  flush(now: number): void;
  /** The connection is gone, for whatever reason; `fault` says what broke on this side, if anything did. Nothing follows. */
  closed(code: number, reason: string, fault?: string): void;
}
