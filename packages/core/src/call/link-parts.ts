/** What a link can do beside asking for one response: a page loads only what its contracts need of it. */
import type { RequestFrame } from "../wire/frame.ts";
import type { SharedLimits } from "../wire/limits.ts";
import { accept } from "./accept.ts";
import { Call, type CallLink, type CallStart } from "./call.ts";
import { ConnectionCredit } from "./connection-credit.ts";
import { FewCalls } from "./few-calls.ts";
import type { Link } from "./link.ts";
import type { LinkEar } from "./link-ear.ts";
import { type LaneLink, NotificationLane } from "./notification-lane.ts";
import { type CallTable, OpenCalls } from "./open-calls.ts";
import { UnaryCall } from "./unary-call.ts";

/** The parts of a link. Each may be added until the first link is made with them. */
export interface LinkParts {
  /** Makes what keeps the open calls. */
  newTable: () => CallTable<Call>;
  /** Makes a call. */
  makeCall: (link: CallLink, start: CallStart) => Call;
  /** Makes the credit that streams share. Absent: nothing streams. */
  credit?: (link: CallLink, own: SharedLimits, peer: Windows | undefined) => ConnectionCredit;
  /** Makes what bounds notifications. Absent: none is sent, and those that come are dropped. */
  lane?: (link: LaneLink, own: SharedLimits, peer: Windows | undefined) => NotificationLane;
  /** Takes a call of the other side. Absent: it makes none. */
  accept?: (link: Link, ear: LinkEar, frame: RequestFrame, now: number) => void;
}

type Windows = Pick<SharedLimits, "connectionWindowBytes" | "streamWindowBytes">;

/** What every link has: it asks, and is answered once. */
export function unaryPart(): LinkParts {
  return { newTable: () => new FewCalls(), makeCall: unaryCall };
}

function unaryCall(link: CallLink, start: CallStart): Call {
  // It lacks what only streams and responders are asked for, and who asks for that has the part for it.
  return new UnaryCall(link, start) as unknown as Call;
}

/** Calls by the hundred. */
export const tablePart: Pick<LinkParts, "newTable"> = { newTable: () => new OpenCalls() };

/** Calls of every kind. */
export const streamPart: Required<Pick<LinkParts, "makeCall" | "credit">> = {
  makeCall: (link, start) => new Call(link, start),
  credit: (link, own, peer) => new ConnectionCredit(link, own, peer),
};

/** Notifications, both ways. */
export const notificationPart: Required<Pick<LinkParts, "lane">> = {
  lane: (link, own, peer) => new NotificationLane(link, own, peer),
};

/** All there is: a server's, and a client's whose contracts nobody knows before. */
export function everyPart(): Required<LinkParts> {
  return { ...tablePart, ...streamPart, ...notificationPart, accept };
}
