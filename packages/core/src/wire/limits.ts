/** Every limit on size, depth, count and time: one table with its default, its unit and its reason. */

/** One row of the table. */
export interface LimitRule {
  readonly default: number;
  readonly unit: "bytes" | "count" | "ms";
  /** Why the default is what it is. */
  readonly reason: string;
  /** What the one who goes over it gets. */
  readonly answer: string;
}

/** All limits. Each is on by default, and can be set with the server's or client's `limits` option. */
export const limitRules = {
  handshakeBytes: {
    default: 16_384,
    unit: "bytes",
    reason: "A hello with fifty contracts of twenty offers each is about 12 KiB.",
    answer: "close 4400",
  },
  handshakeMs: {
    default: 5_000,
    unit: "ms",
    reason:
      "A phone on a bad network sends its hello within two seconds of the upgrade. A port of the server's own waits as long for the upgrade itself.",
    answer: "close 4508",
  },
  handshakes: {
    default: 10_000,
    unit: "count",
    reason:
      "Clients that are connected and not welcomed yet. An idle socket takes 7 kB; a whole fleet that dials again is let in within a second.",
    answer: "HTTP 503 with Retry-After",
  },
  connectionsPerAddress: {
    default: 20_000,
    unit: "count",
    reason:
      "A proxy, or the network of a whole company, is one address; one program that leaks connections is too. Lower it where clients are dialled by directly.",
    answer: "close 4529",
  },
  messageBytes: {
    default: 1_048_576,
    unit: "bytes",
    reason: "ws accepts 100 MiB unless told otherwise; larger values belong into a stream.",
    answer: "close 1009 or 4513; a call that would exceed it fails with resource_exhausted",
  },
  depth: {
    default: 64,
    unit: "count",
    reason:
      "A MessagePack decoder has no depth limit of its own; 100,000 levels break whoever walks the value.",
    answer: "close 4522",
  },
  values: {
    default: 262_144,
    unit: "count",
    reason: "Costs a decoder about 30 ms and 20 MB; 16 MB of empty maps cost five seconds.",
    answer: "close 4522; a call that would exceed it fails with resource_exhausted",
  },
  framesPerMessage: {
    default: 16_384,
    unit: "count",
    reason:
      "As many calls and items as one turn of a busy program makes. 260,000 pings fit into the largest message, and hold a receiver up for half a second and 120 MB.",
    answer: "close 4522",
  },
  framesPerSecond: {
    default: 250_000,
    unit: "count",
    reason:
      "More than a connection on this protocol was seen to need; a flood of pings, which cost their sender nothing, is held to a quarter of a processor. Messages count too.",
    answer: "a server closes 4529",
  },
  metadataBytes: {
    default: 8_192,
    unit: "bytes",
    reason: "What HTTP servers allow for all headers of a request.",
    answer: "close 4522; a call that would exceed it fails with resource_exhausted",
  },
  callsInFlight: {
    default: 1_024,
    unit: "count",
    reason: "A handler that hangs must not collect calls without end.",
    answer: "that call fails with resource_exhausted",
  },
  callsPerConnection: {
    default: 2_147_483_647,
    unit: "count",
    reason: "Ids are never used twice on a connection, and this is the greatest.",
    answer: "the client makes its next call on a new connection, and finishes here",
  },
  heldRequestBytes: {
    default: 16_777_216,
    unit: "bytes",
    reason:
      "Requests that one connection's handlers have and have not answered. Without it 1,024 handlers that wait hold a gigabyte.",
    answer: "that call fails with resource_exhausted",
  },
  earlyBytes: {
    default: 65_536,
    unit: "bytes",
    reason:
      "What a client may send before the welcome; a peer that is not yet admitted must not fill memory.",
    answer: "close 4400",
  },
  streamWindowBytes: {
    default: 262_144,
    unit: "bytes",
    reason: "100 Mbit/s at 20 ms round trip keeps 250 KB under way.",
    answer: "close 4523",
  },
  connectionWindowBytes: {
    default: 1_048_576,
    unit: "bytes",
    reason: "Four streams at full window; bounds what a reader that stopped can pin.",
    answer: "close 4523",
  },
  bufferedBytes: {
    default: 8_388_608,
    unit: "bytes",
    reason:
      "What one connection may leave unsent in the socket before its reader counts as slow, and has slowMs to catch up. Four times as much at once is the end.",
    answer: "close 4511",
  },
  slowMs: {
    default: 10_000,
    unit: "ms",
    reason:
      "Forty responses of 500 kB in one turn are no fault of the one who reads them; a phone that changes its network stands still for seconds.",
    answer: "close 4511",
  },
  replayBytes: {
    default: 1_048_576,
    unit: "bytes",
    reason:
      "Frames sent and not acknowledged, kept for a resumed session: as much as the connection's window.",
    answer: "the session cannot be resumed any more",
  },
  graceMs: {
    default: 30_000,
    unit: "ms",
    reason:
      "A tunnel, a lift, a changed network; longer pins memory for those who never come back.",
    answer: "the session is over, and its calls end",
  },
  detachedSessions: {
    default: 1_000,
    unit: "count",
    reason:
      "Sessions that wait for their client to come back; each may pin its replay and its handlers.",
    answer: "further ones end with their connection",
  },
  fleetClients: {
    default: 200,
    unit: "count",
    reason:
      "Names of clients with their versions that are counted each by itself: as many as a person reads, and anybody may invent more.",
    answer: "further ones are counted together, as (other)",
  },
  fleetRows: {
    default: 10_000,
    unit: "count",
    reason:
      "Rows of each table of counters: what one scrape carries in a megabyte or two. Names go first, then procedures.",
    answer: "the call is counted in one row for all",
  },
  keepAliveMs: {
    default: 25_000,
    unit: "ms",
    reason:
      "Stays under the 60 s idle limit of common proxies; two silent intervals mean a dead peer.",
    answer: "close 4515 or 4800",
  },
  closeMs: {
    default: 2_000,
    unit: "ms",
    reason:
      "A peer that does not answer a close frame must not hold the socket; runtimes wait 20 s to for ever.",
    answer: "the socket is destroyed",
  },
} as const satisfies Record<string, LimitRule>;

/** The name of a limit. */
export type LimitName = keyof typeof limitRules;

/** A value for every limit. */
export type Limits = Readonly<Record<LimitName, number>>;

/**
 * The defaults with some limits replaced.
 *
 * @throws RangeError when a value is not a positive whole number.
 */
export function limitsWith(chosen: Partial<Limits> = {}): Limits {
  const names = Object.keys(limitRules) as LimitName[]; // the table's own keys
  const entries = names.map((name) => {
    const value = chosen[name] ?? limitRules[name].default;
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`The limit ${name} must be a positive whole number, not ${value}.`);
    }
    return [name, value] as const;
  });
  return Object.freeze(Object.fromEntries(entries) as Record<LimitName, number>); // one entry for each name
}

/**
 * The limits that bind the other side. They travel in the handshake, so that neither side sends what the other
 * will refuse.
 */
export type PeerLimits = Pick<
  Limits,
  | "messageBytes"
  | "metadataBytes"
  | "callsInFlight"
  | "streamWindowBytes"
  | "connectionWindowBytes"
  | "keepAliveMs"
>;

/** The announced limits, each from `valueOf`. */
export function announce(valueOf: (name: keyof PeerLimits) => number): PeerLimits {
  return {
    messageBytes: valueOf("messageBytes"),
    metadataBytes: valueOf("metadataBytes"),
    callsInFlight: valueOf("callsInFlight"),
    streamWindowBytes: valueOf("streamWindowBytes"),
    connectionWindowBytes: valueOf("connectionWindowBytes"),
    keepAliveMs: valueOf("keepAliveMs"),
  };
}
