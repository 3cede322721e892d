/** The number of each frame. On the wire for ever: assigned once, never reused. */

/** Who may send a frame: the side that opened the call, the side that answers it, or both. */
export type FrameSender = "requester" | "responder" | "either";

/** One row of the table. */
export interface FrameKindRule {
  readonly number: number;
  readonly sender: FrameSender;
  /**
   * `call`: the id names a call. `notification` and `session`: the id is 0. Frames of the session are about this
   * connection alone; the others are counted, see {@link isCounted}.
   */
  readonly scope: "call" | "notification" | "session";
  /** The elements behind kind and id, in order. Elements behind these are ignored. */
  readonly body: readonly string[];
  readonly meaning: string;
}

/**
 * Numbers from 64 on are *ignorable*: a receiver skips those it does not know. An unknown one below 64 is a
 * protocol violation. Number 0 stays free, so that a zeroed buffer is never a frame.
 */
export const ignorableFrom = 64;

/** Every frame of wire revision 1. */
export const frameKinds = {
  request: {
    number: 1,
    sender: "requester",
    scope: "call",
    body: ["procedure", "timeoutMs", "metadata", "payload"],
    meaning:
      "Opens a call. timeoutMs is the time left, 0 for no deadline. The payload is nil where the kind streams requests.",
  },
  item: {
    number: 2,
    sender: "either",
    scope: "call",
    body: ["payload"],
    meaning:
      "One item of a stream. Costs credit: its payload's bytes. From the responder a cursor may stand behind the payload.",
  },
  end: {
    number: 3,
    sender: "either",
    scope: "call",
    body: ["metadata"],
    meaning: "The sender's stream is complete. From the responder it ends the call well.",
  },
  response: {
    number: 4,
    sender: "responder",
    scope: "call",
    body: ["metadata", "payload"],
    meaning: "The one response of a unary or client-stream call, which it ends.",
  },
  error: {
    number: 5,
    sender: "responder",
    scope: "call",
    body: ["fault", "metadata"],
    meaning: "The call failed, and is over.",
  },
  cancel: {
    number: 6,
    sender: "requester",
    scope: "call",
    body: ["code"],
    meaning:
      "The caller gave up, and the call is over. The code is 1 (cancelled) or 4 (deadline exceeded).",
  },
  credit: {
    number: 7,
    sender: "either",
    scope: "call",
    body: ["bytes"],
    meaning:
      "So many more payload bytes of items may be sent: on this call, or with id 0 on the connection.",
  },
  ping: {
    number: 8,
    sender: "either",
    scope: "session",
    body: ["token"],
    meaning: "Answer with a pong that carries the same token.",
  },
  pong: {
    number: 9,
    sender: "either",
    scope: "session",
    body: ["token"],
    meaning: "The answer to a ping.",
  },
  begin: {
    number: 10,
    sender: "requester",
    scope: "session",
    body: [],
    meaning:
      "The client has read a welcome that discarded its early data; what follows is encoded for the negotiated releases.",
  },
  goaway: {
    number: 11,
    sender: "responder",
    scope: "session",
    body: ["withinMs"],
    meaning: "No new calls on this connection; it closes within that time.",
  },
  leading: {
    number: 12,
    sender: "responder",
    scope: "call",
    body: ["metadata"],
    meaning:
      "Metadata that the handler sends before its first item or its response. At most once in a call.",
  },
  ack: {
    number: 13,
    sender: "either",
    scope: "session",
    body: ["frames"],
    meaning:
      "So many frames of calls and notifications have arrived since the session began; the other side need not keep them. Only in sessions that can be resumed.",
  },
  notification: {
    number: 14,
    sender: "either",
    scope: "notification",
    body: ["procedure", "metadata", "payload"],
    meaning:
      "One message that nobody answers. Costs notification credit: its payload's bytes, its metadata's, and 256.",
  },
  notificationCredit: {
    number: 15,
    sender: "either",
    scope: "notification",
    body: ["bytes"],
    meaning: "Notifications that cost so many more bytes may be sent.",
  },
  renew: {
    number: 16,
    sender: "requester",
    scope: "session",
    body: ["credentials"],
    meaning:
      "Fresh credentials as JSON text: what the member auth of a hello would say now. Only to servers with the capability renew.",
  },
  expiry: {
    number: 17,
    sender: "responder",
    scope: "session",
    body: ["withinMs"],
    meaning:
      "The credentials are good for so many milliseconds from now, 0 for as long as the connection lasts. Answers each renew, and may ask for one. Only to clients with the capability renew.",
  },
  notice: {
    number: 64,
    sender: "responder",
    scope: "session",
    body: ["text"],
    meaning: "Something a person should know, as JSON text with the members of a welcome's notice.",
  },
} as const satisfies Record<string, FrameKindRule>;

/** Whether a frame counts: those that do are kept until acknowledged, and are what a resumed session goes on from. */
export function isCounted(kind: FrameKind): boolean {
  return frameKinds[kind].scope !== "session";
}

/** The name of a frame. */
export type FrameKind = keyof typeof frameKinds;

const byNumber: ReadonlyMap<number, FrameKind> = new Map(
  // The table's own keys, which Object.keys forgets.
  (Object.keys(frameKinds) as FrameKind[]).map((kind) => [frameKinds[kind].number, kind]),
);

/** The frame with this number, or `undefined` for one that this wire revision does not have. */
export function frameKindOf(number: number): FrameKind | undefined {
  return byNumber.get(number);
}
