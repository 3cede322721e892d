/** The number of each frame. On the wire for ever: assigned once, never reused. What each means is in `reference/frames.ts`. */

/** What the code runs on: one row for each frame. */
export interface FrameKindRule {
  readonly number: number;
  /**
   * `call`: the id names a call; 0 in a `credit`, the whole connection. `notification` and `session`: the id is 0. Frames of the session are about this
   * connection alone; the others are counted, see {@link isCounted}.
   */
  readonly scope: "call" | "notification" | "session";
  /** What stands behind kind and id, in order, by its name in {@link Frame}. Elements behind these are ignored. */
  readonly body: readonly ElementName[];
}

/** The name of an element of a frame. What is not a text, metadata, a payload or a fault is a whole number. */
export type ElementName =
  | "procedure"
  | "credentials"
  | "text"
  | "metadata"
  | "payload"
  | "fault"
  | "timeoutMs"
  | "withinMs"
  | "code"
  | "bytes"
  | "token"
  | "frames";

/**
 * Numbers from 64 on are *ignorable*: a receiver skips those it does not know. An unknown one below 64 is a
 * protocol violation. Number 0 stays free, so that a zeroed buffer is never a frame.
 */
export const ignorableFrom = 64;

/** Every frame of wire revision 1. */
export const frameKinds = {
  request: { number: 1, scope: "call", body: ["procedure", "timeoutMs", "metadata", "payload"] },
  item: { number: 2, scope: "call", body: ["payload"] },
  end: { number: 3, scope: "call", body: ["metadata"] },
  response: { number: 4, scope: "call", body: ["metadata", "payload"] },
  error: { number: 5, scope: "call", body: ["fault", "metadata"] },
  cancel: { number: 6, scope: "call", body: ["code"] },
  credit: { number: 7, scope: "call", body: ["bytes"] },
  ping: { number: 8, scope: "session", body: ["token"] },
  pong: { number: 9, scope: "session", body: ["token"] },
  begin: { number: 10, scope: "session", body: [] },
  goaway: { number: 11, scope: "session", body: ["withinMs"] },
  leading: { number: 12, scope: "call", body: ["metadata"] },
  ack: { number: 13, scope: "session", body: ["frames"] },
  notification: { number: 14, scope: "notification", body: ["procedure", "metadata", "payload"] },
  notificationCredit: { number: 15, scope: "notification", body: ["bytes"] },
  renew: { number: 16, scope: "session", body: ["credentials"] },
  expiry: { number: 17, scope: "session", body: ["withinMs"] },
  notice: { number: 64, scope: "session", body: ["text"] },
} as const satisfies Record<string, FrameKindRule>;

/** The name of a frame. */
export type FrameKind = keyof typeof frameKinds;

/** Whether a frame counts: those that do are kept until acknowledged, and are what a resumed session goes on from. */
export function isCounted({
  kind,
  id,
}: {
  readonly kind: FrameKind;
  readonly id: number;
}): boolean {
  return id > 0 || frameKinds[kind].scope !== "session"; // what has an id is of a call
}

/** A row of the table with its name. */
export interface NamedKind extends FrameKindRule {
  readonly kind: FrameKind;
}

const byNumber: readonly (NamedKind | undefined)[] = rowsByNumber();

/** The row of the frame with this number, or `undefined` for one that this wire revision does not have. */
export function rowNumbered(number: number): NamedKind | undefined {
  return number < byNumber.length ? byNumber[number] : undefined;
}

function rowsByNumber(): (NamedKind | undefined)[] {
  const rows: (NamedKind | undefined)[] = Array.from({ length: ignorableFrom + 1 });
  // The table's own keys, which Object.keys forgets.
  for (const kind of Object.keys(frameKinds) as FrameKind[])
    rows[frameKinds[kind].number] = { kind, ...frameKinds[kind] };
  return rows;
}
