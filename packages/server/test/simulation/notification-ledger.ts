/** What was told in both directions, and what was heard of it. */

/** One direction of one client. */
interface Lane {
  /** In the order in which a connection took them; of the server's, with the session that each was sent on. */
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
  /** Clients had two connections at the same time. */
  readonly wasDrained: boolean;
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
      // A client without calls leaves when it is asked to, and does not wait for what still waits for it there.
      if (isCalm && !wasDrained) yield* missing(lane, name);
    }
  }
}

function* unknownOrTwice({ sent, heard, refused }: Lane, name: string): Generator<string> {
  const known = new Set(sent.map(({ message }) => message));
  const before = new Set<number>();
  for (const { message } of heard) {
    if (before.has(message)) yield `${name} was told ${message} twice`;
    if (refused.has(message)) yield `${name} was told ${message}, which was not sent`;
    if (!known.has(message)) yield `${name} was told ${message}, which nobody has sent`;
    before.add(message);
  }
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

/** The same where it is known which session each was sent on. */
function* gapsBySender({ sent, heard }: Lane, name: string): Generator<string> {
  const places = new Map(heard.map(({ message }, at) => [message, at]));
  const last = new Map<number | undefined, number>();
  for (const { message, session } of sent) {
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
