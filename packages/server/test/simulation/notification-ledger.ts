/** What was told in both directions, and what was heard of it. */

import type { Upheavals } from "./upheavals.ts";

/** One direction of one client. */
interface Lane {
  /** In the order in which a connection took them; of the server's, once for each session that it was sent on, with that. */
  readonly sent: { readonly message: number; readonly session: number | undefined }[];
  /** In the order in which they came; of the client's, with the session that each came on. */
  readonly heard: { readonly message: number; readonly session: number | undefined }[];
  /** Those whose sender was told that they were not sent. */
  readonly refused: Set<number>;
}

/** What is known of the run that the books are of. */
export interface Circumstances {
  /** No connection was cut, and no clock was set. */
  readonly isCalm: boolean;
  /** No clock was set, and no machine slept. */
  readonly isPunctual: boolean;
  /** Clients had two connections at the same time. */
  readonly wasDrained: boolean;
  readonly upheavals: Upheavals;
}

/** The books of all notifications. */
export class NotificationLedger {
  readonly fromClients = new Map<number, Lane>();
  readonly fromServers = new Map<number, Lane>();

  /** The lane of a client. */
  static of(lanes: Map<number, Lane>, client: number): Lane {
    const lane = lanes.get(client) ?? { sent: [], heard: [], refused: new Set<number>() };
    lanes.set(client, lane);
    return lane;
  }

  /** Every invariant that does not hold, as a sentence. */
  *violations({ isCalm, wasDrained }: Circumstances): Generator<string> {
    for (const [client, lane] of this.fromClients) {
      const name = `the server, of client ${client},`;
      yield* unknownOrTwice(lane, name);
      yield* disorder(lane, name);
      if (!wasDrained) yield* gapsByReceiver(lane, name);
      if (isCalm) yield* missing(lane, name);
    }
    for (const [client, lane] of this.fromServers) {
      const name = `client ${client}`;
      yield* unknownOrTwice(lane, name);
      yield* gapsBySender(lane, name);
      if (isCalm) yield* missing(lane, name);
    }
  }
}

function* unknownOrTwice({ sent, heard, refused }: Lane, name: string): Generator<string> {
  const left = timesSent(sent);
  const before = new Set<number>();
  for (const { message } of heard) {
    const times = left.get(message) ?? 0;
    if (times === 0 && before.has(message)) yield `${name} was told ${message} too often`;
    if (refused.has(message)) yield `${name} was told ${message}, which was not sent`;
    if (times === 0 && !before.has(message))
      yield `${name} was told ${message}, which nobody has sent`;
    left.set(message, times - 1);
    before.add(message);
  }
}

function timesSent(sent: Lane["sent"]): Map<number, number> {
  const times = new Map<number, number>();
  for (const { message } of sent) times.set(message, (times.get(message) ?? 0) + 1);
  return times;
}

/** Within a session everything comes in the order in which it was sent. */
function* disorder({ sent, heard }: Lane, name: string): Generator<string> {
  const positions = new Map(sent.map(({ message }, at) => [message, at]));
  const last = new Map<number | undefined, number>();
  for (const { message, session } of heard) {
    const at = positions.get(message) ?? -1;
    if (at < (last.get(session) ?? -1)) yield `${name} was told ${message} too late`;
    last.set(session, at);
  }
}

/** A session that is lost takes its newest along, and nothing that was sent before one that came. */
function* gapsByReceiver({ sent, heard }: Lane, name: string): Generator<string> {
  const positions = new Map(sent.map(({ message }, at) => [message, at]));
  const last = new Map<number | undefined, number>();
  for (const { message, session } of heard) {
    const at = positions.get(message) ?? -1;
    const before = last.get(session);
    if (before !== undefined && at > before + 1)
      yield `${name} was told ${message}, and not the one before it`;
    last.set(session, at);
  }
}

/** The same where it is known which session each was sent on. What was sent on two may have come on either. */
function* gapsBySender({ sent, heard }: Lane, name: string): Generator<string> {
  const places = new Map(heard.map(({ message }, at) => [message, at]));
  const times = timesSent(sent);
  const last = new Map<number | undefined, number>();
  for (const { message, session } of sent) {
    if (times.get(message) !== 1) continue;
    const at = places.get(message) ?? Infinity;
    const before = last.get(session) ?? -1;
    if (at < before) {
      yield `${name} was told ${message} too late, or not the one before it`;
    }
    last.set(session, at);
  }
}

function* missing({ sent, heard }: Lane, name: string): Generator<string> {
  const came = new Set(heard.map(({ message }) => message));
  for (const { message } of sent) if (!came.has(message)) yield `${name} was never told ${message}`;
}
