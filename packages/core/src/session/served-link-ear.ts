/** What happens on a server's link, told to its session and to the session's owner. */
import type { Call } from "../call/call.ts";
import type { LinkEar } from "../call/link-ear.ts";
import type { ReceivedNotification } from "../call/notification-lane.ts";
import type { Departure } from "../call/departure.ts";
import type { CallKind } from "../contract/procedure-kind.ts";
import type { RequestFrame, SessionFrame } from "../wire/frame.ts";
import type { ServerSessionEar } from "./server-session-ear.ts";
import type { SessionPort } from "./session-port.ts";

/** The session, as far as its link concerns it. */
interface HearingSession {
  /** @throws WireError where a client sends no such frame. */
  hear(frame: SessionFrame | RequestFrame): void;
}

/** Hands on. A class, because closures would take 350 bytes of each idle connection. */
export class ServedLinkEar implements LinkEar {
  readonly #session: HearingSession;
  readonly #port: SessionPort;
  readonly #owner: ServerSessionEar;

  constructor(session: HearingSession, port: SessionPort, owner: ServerSessionEar) {
    this.#session = session;
    this.#port = port;
    this.#owner = owner;
  }

  pending(departure: Departure): void {
    this.#port.pending(departure);
  }

  kindOf(procedure: string): CallKind | undefined {
    return this.#owner.kindOf(procedure);
  }

  request(call: Call, frame: RequestFrame, now: number): void {
    this.#owner.request(call, frame, now);
  }

  notification(received: ReceivedNotification): void {
    this.#owner.notification(received);
  }

  session(frame: SessionFrame | RequestFrame): void {
    this.#session.hear(frame);
  }
}
