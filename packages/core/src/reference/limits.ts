/** What each limit is for, for people: the docs' table and what `limitRules` shows. Nothing runs on it. */
import { limitDefaults, type LimitName } from "../wire/limits.ts";
import { joined } from "./joined.ts";

/** One row of the table. */
export interface LimitRule {
  readonly default: number;
  readonly unit: "bytes" | "count" | "ms";
  /** Why the default is what it is. */
  readonly reason: string;
  /** What the one who goes over it gets. */
  readonly answer: string;
}

const meanings: Readonly<Record<LimitName, Omit<LimitRule, "default">>> = {
  handshakeBytes: {
    unit: "bytes",
    reason:
      "A hello with one contract of 128 offers, or with eight of 16 each, is about 14 KiB. A client leaves out its oldest offers where all of them are more.",
    answer: "close 4400",
  },
  handshakeMs: {
    unit: "ms",
    reason:
      "A phone on a bad network sends its hello within two seconds of the upgrade. A port of the server's own waits as long for the upgrade itself.",
    answer: "close 4508",
  },
  handshakes: {
    unit: "count",
    reason:
      "Clients that are connected and not welcomed yet. Each takes 10 kB and half a millisecond: of a whole fleet that dials again, those of a few seconds.",
    answer: "HTTP 503 with Retry-After",
  },
  connections: {
    unit: "count",
    reason:
      "All that a process holds, those that are not welcomed yet included. More than one was seen to hold, so it is off until you know your memory: an idle connection takes 12 kB.",
    answer: "HTTP 503 with Retry-After; close 4529 on pipes that are there already",
  },
  connectionsPerAddress: {
    unit: "count",
    reason:
      "A proxy, or the network of a whole company, is one address; one program that leaks connections is too. Lower it where clients dial the server directly, raise it behind a balancer that brings more.",
    answer: "close 4529",
  },
  messageBytes: {
    unit: "bytes",
    reason: "ws accepts 100 MiB unless told otherwise; larger values belong into a stream.",
    answer: "close 1009 or 4513; a call that would exceed it fails with resource_exhausted",
  },
  depth: {
    unit: "count",
    reason:
      "A MessagePack decoder has no depth limit of its own; 100,000 levels break whoever walks the value.",
    answer: "close 4522",
  },
  values: {
    unit: "count",
    reason: "Costs a decoder about 30 ms and 20 MB; 16 MB of empty maps cost five seconds.",
    answer: "close 4522; a call that would exceed it fails with resource_exhausted",
  },
  framesPerMessage: {
    unit: "count",
    reason:
      "As many calls and items as one turn of a busy program makes. 260,000 pings fit into the largest message, and hold a receiver up for half a second and 120 MB.",
    answer: "close 4522",
  },
  framesPerSecond: {
    unit: "count",
    reason:
      "More than a connection on this protocol was seen to need; a flood of pings, which cost their sender nothing, is held to a quarter of a processor. Messages count too.",
    answer: "a server closes 4529",
  },
  metadataBytes: {
    unit: "bytes",
    reason: "What HTTP servers allow for all headers of a request.",
    answer: "close 4522; a call that would exceed it fails with resource_exhausted",
  },
  callsInFlight: {
    unit: "count",
    reason:
      "A handler that hangs must not collect calls without end. No more wait in a client that has no connection.",
    answer: "that call fails with resource_exhausted",
  },
  callsPerConnection: {
    unit: "count",
    reason: "Ids are never used twice on a connection, and this is the greatest.",
    answer: "the client makes its next call on a new connection, and finishes here",
  },
  heldRequestBytes: {
    unit: "bytes",
    reason:
      "Requests that one connection's handlers have and have not answered, sixteen bytes for each value at least. Without it 1,024 handlers that wait hold a gigabyte.",
    answer: "that call fails with resource_exhausted",
  },
  earlyBytes: {
    unit: "bytes",
    reason:
      "What a client may send before the welcome; a peer that is not yet admitted must not fill memory.",
    answer: "close 4400",
  },
  streamWindowBytes: {
    unit: "bytes",
    reason: "100 Mbit/s at 20 ms round trip keeps 250 KB under way.",
    answer: "close 4523",
  },
  connectionWindowBytes: {
    unit: "bytes",
    reason: "Four streams at full window; bounds what a reader that stopped can pin.",
    answer: "close 4523",
  },
  bufferedBytes: {
    unit: "bytes",
    reason:
      "What one connection may leave unsent in the socket before its reader counts as slow, and has slowMs to catch up. Four times as much at once is the end.",
    answer: "close 4511",
  },
  slowMs: {
    unit: "ms",
    reason:
      "Forty responses of 500 kB in one turn are no fault of the one who reads them; a phone that changes its network stands still for seconds.",
    answer: "close 4511",
  },
  replayBytes: {
    unit: "bytes",
    reason:
      "Frames sent and not acknowledged, kept for a resumed session: a full window of the other side's connection twice, because credit counts no heads and nothing but items; in one message at most for each 128 bytes of it.",
    answer: "the session cannot be resumed any more",
  },
  graceMs: {
    unit: "ms",
    reason:
      "A tunnel, a lift, a changed network; longer pins memory for those who never come back.",
    answer: "the session is over, and its calls end",
  },
  detachedSessions: {
    unit: "count",
    reason:
      "Sessions that wait for their client to come back; each may pin its replay, its handlers, and notifications up to bufferedBytes.",
    answer:
      "further ones end with their connection; one that has nothing under way gives its place to one that has",
  },
  fleetClients: {
    unit: "count",
    reason:
      "Names of clients with their versions that are counted each by itself: as many as a person reads, and anybody may invent more.",
    answer: "further ones are counted together, as (other)",
  },
  fleetRows: {
    unit: "count",
    reason:
      "Rows of each table of counters: what one scrape carries in a megabyte or two. Names go first, then procedures.",
    answer: "the call is counted in one row for all",
  },
  keepAliveMs: {
    unit: "ms",
    reason:
      "Stays under the 60 s idle limit of common proxies; two silent intervals mean a dead peer.",
    answer: "close 4515 or 4800",
  },
  closeMs: {
    unit: "ms",
    reason:
      "A peer that does not answer a close frame must not hold the socket; runtimes wait 20 s to for ever.",
    answer: "the socket is destroyed",
  },
};

/** All limits. Each is on by default, and can be set with the server's or client's `limits` option. */
export const limitRules: Readonly<Record<LimitName, LimitRule>> = joined(meanings, (name) => ({
  default: limitDefaults[name],
}));
