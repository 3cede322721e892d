/** The number of each frame. On the wire for ever: assigned once, never reused. What each means is in `reference/frames.ts`. */

/** What the code runs on: one row for each frame. */
export interface FrameKindRule {
  readonly number: number;
  /**
   * `call`: the id names a call. `notification` and `session`: the id is 0. Frames of the session are about this
   * connection alone; the others are counted, see {@link isCounted}.
   */
  readonly scope: "call" | "notification" | "session";
  /** How many elements stand behind kind and id. Elements behind these are ignored. */
  readonly elements: number;
}

/**
 * Numbers from 64 on are *ignorable*: a receiver skips those it does not know. An unknown one below 64 is a
 * protocol violation. Number 0 stays free, so that a zeroed buffer is never a frame.
 */
export const ignorableFrom = 64;

/** Every frame of wire revision 1. */
export const frameKinds = {
  request: { number: 1, scope: "call", elements: 4 },
  item: { number: 2, scope: "call", elements: 1 },
  end: { number: 3, scope: "call", elements: 1 },
  response: { number: 4, scope: "call", elements: 2 },
  error: { number: 5, scope: "call", elements: 2 },
  cancel: { number: 6, scope: "call", elements: 1 },
  credit: { number: 7, scope: "call", elements: 1 },
  ping: { number: 8, scope: "session", elements: 1 },
  pong: { number: 9, scope: "session", elements: 1 },
  begin: { number: 10, scope: "session", elements: 0 },
  goaway: { number: 11, scope: "session", elements: 1 },
  leading: { number: 12, scope: "call", elements: 1 },
  ack: { number: 13, scope: "session", elements: 1 },
  notification: { number: 14, scope: "notification", elements: 3 },
  notificationCredit: { number: 15, scope: "notification", elements: 1 },
  renew: { number: 16, scope: "session", elements: 1 },
  expiry: { number: 17, scope: "session", elements: 1 },
  notice: { number: 64, scope: "session", elements: 1 },
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
