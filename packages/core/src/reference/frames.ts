/** What each frame means, for people: the docs' table. Nothing runs on it. */
import { type FrameKind, type FrameKindRule, frameKinds } from "../wire/frame-kind.ts";
import { joined } from "./joined.ts";

/** Who may send a frame: the side that opened the call, the side that answers it, or both. */
export type FrameSender = "requester" | "responder" | "either";

/** What a frame means. */
export interface FrameMeaning {
  readonly sender: FrameSender;
  readonly meaning: string;
}

const meanings: Readonly<Record<FrameKind, FrameMeaning>> = {
  request: {
    sender: "requester",
    meaning:
      "Opens a call. timeoutMs is the time left, 0 for no deadline. The payload is nil where the kind streams requests.",
  },
  item: {
    sender: "either",
    meaning:
      "One item of a stream. Costs credit: its payload's bytes. From the responder a cursor may stand behind the payload.",
  },
  end: {
    sender: "either",
    meaning: "The sender's stream is complete. From the responder it ends the call well.",
  },
  response: {
    sender: "responder",
    meaning: "The one response of a unary or client-stream call, which it ends.",
  },
  error: {
    sender: "responder",
    meaning: "The call failed, and is over.",
  },
  cancel: {
    sender: "requester",
    meaning:
      "The caller gave up, and the call is over. The code is 1 (cancelled) or 4 (deadline exceeded).",
  },
  credit: {
    sender: "either",
    meaning:
      "So many more payload bytes of items may be sent: on this call, or with id 0 on the connection.",
  },
  ping: {
    sender: "either",
    meaning: "Answer with a pong that carries the same token.",
  },
  pong: {
    sender: "either",
    meaning: "The answer to a ping.",
  },
  begin: {
    sender: "requester",
    meaning:
      "The client has read a welcome that discarded its early data; what follows is encoded for the negotiated releases.",
  },
  goaway: {
    sender: "responder",
    meaning: "No new calls on this connection; it closes within that time.",
  },
  leading: {
    sender: "responder",
    meaning:
      "Metadata that the handler sends before its first item or its response. At most once in a call.",
  },
  ack: {
    sender: "either",
    meaning:
      "So many frames of calls and notifications have arrived since the session began; the other side need not keep them. Only in sessions that can be resumed.",
  },
  notification: {
    sender: "either",
    meaning:
      "One message that nobody answers. Costs notification credit: its payload's bytes, its metadata's, and 256.",
  },
  notificationCredit: {
    sender: "either",
    meaning: "Notifications that cost so many more bytes may be sent.",
  },
  renew: {
    sender: "requester",
    meaning:
      "Fresh credentials as JSON text: what the member auth of a hello would say now. Only to servers with the capability renew.",
  },
  expiry: {
    sender: "responder",
    meaning:
      "The credentials are good for so many milliseconds from now, 0 for as long as the connection lasts. Answers a renew and all that came before it, and may ask for one. Only to clients with the capability renew.",
  },
  notice: {
    sender: "responder",
    meaning: "Something a person should know, as JSON text with the members of a welcome's notice.",
  },
};

/** Every frame of wire revision 1. */
export const frameRules: Readonly<Record<FrameKind, FrameKindRule & FrameMeaning>> = joined(
  meanings,
  (kind) => frameKinds[kind],
);
