/** The registry of close codes: one table from which constants, docs, classification and tests derive. */

/**
 * What the side that is closed does next.
 *
 * `stop`: the same client with the same parameters can never succeed. `credentials`: stop until the
 * application supplies other credentials. `backoff`: dial again after a growing random wait. `now`: at once.
 * `spread`: after a random part of the window that the reason names. `hint`: after the time that the
 * reason names. `next-call`: when somebody calls again. `strikes`: at once, but three within a minute stop.
 */
export type CloseAction =
  | "stop"
  | "credentials"
  | "backoff"
  | "now"
  | "spread"
  | "hint"
  | "next-call"
  | "strikes";

/** One row of the registry. */
export interface CloseRule {
  readonly name: string;
  readonly meaning: string;
  readonly sender: "server" | "client";
  readonly action: CloseAction;
}

/**
 * Every close code of Concordat.
 *
 * The hundreds digit is the action, so that an old client can act on a code that it has never heard of:
 * 44xx stop, 45xx retry, 46xx / 47xx the same two for the application's own closes, 48xx sent by the client
 * library. The last two digits echo the HTTP status where one exists. No number has a meaning that differs
 * from its common one. Append-only, never reused.
 */
export const closeCodes = {
  4400: {
    name: "bad-handshake",
    sender: "server",
    action: "stop",
    meaning: "The first message was undecodable, of the wrong type, or incomplete.",
  },
  4401: {
    name: "unauthenticated",
    sender: "server",
    action: "credentials",
    meaning: "No credentials, or none that are valid.",
  },
  4403: {
    name: "forbidden",
    sender: "server",
    action: "stop",
    meaning: "The caller is known and not allowed here (tenant, origin, policy).",
  },
  4404: {
    name: "unknown-contract",
    sender: "server",
    action: "stop",
    meaning: "This server does not serve that contract.",
  },
  4406: {
    name: "encoding-unsupported",
    sender: "server",
    action: "stop",
    meaning: "There is no payload encoding that both sides speak.",
  },
  4410: {
    name: "contract-retired",
    sender: "server",
    action: "stop",
    meaning: "The whole contract was withdrawn.",
  },
  4412: {
    name: "release-conflict",
    sender: "server",
    action: "stop",
    meaning: "Same release, other fingerprint: somebody edited a released contract.",
  },
  4423: {
    name: "session-taken",
    sender: "server",
    action: "stop",
    meaning: "The session was attached on another connection.",
  },
  4426: {
    name: "client-too-old",
    sender: "server",
    action: "stop",
    meaning: "Nothing that the client offers can be served.",
  },
  4427: {
    name: "wire-unsupported",
    sender: "server",
    action: "stop",
    meaning: "There is no wire revision that both sides speak.",
  },
  4500: {
    name: "internal-error",
    sender: "server",
    action: "backoff",
    meaning: "The server failed outside of a call.",
  },
  4501: {
    name: "reauthenticate",
    sender: "server",
    action: "now",
    meaning: "The credentials expired on a live connection.",
  },
  4503: {
    name: "draining",
    sender: "server",
    action: "spread",
    meaning: "This instance goes away.",
  },
  4508: {
    name: "handshake-timeout",
    sender: "server",
    action: "backoff",
    meaning: "No hello came within the limit.",
  },
  4509: {
    name: "session-not-resumable",
    sender: "server",
    action: "now",
    meaning: "The session is unknown, expired, or has a gap.",
  },
  4510: {
    name: "idle",
    sender: "server",
    action: "next-call",
    meaning: "Nothing was open for the idle limit.",
  },
  4511: {
    name: "slow-consumer",
    sender: "server",
    action: "backoff",
    meaning: "The send buffer grew over its bound.",
  },
  4513: {
    name: "message-too-large",
    sender: "server",
    action: "backoff",
    meaning: "A message was over the announced limit.",
  },
  4515: {
    name: "heartbeat-timeout",
    sender: "server",
    action: "now",
    meaning: "The server heard nothing for the keep-alive window.",
  },
  4521: {
    name: "rebalance",
    sender: "server",
    action: "spread",
    meaning: "The connection reached its greatest age, or load is moved.",
  },
  4522: {
    name: "protocol-violation",
    sender: "server",
    action: "strikes",
    meaning: "A frame was illegal.",
  },
  4523: {
    name: "flow-control",
    sender: "server",
    action: "strikes",
    meaning: "More was sent than credit allowed.",
  },
  4526: {
    name: "server-behind",
    sender: "server",
    action: "backoff",
    meaning: "Everything that the client offers is newer than this server.",
  },
  4529: {
    name: "too-many-requests",
    sender: "server",
    action: "hint",
    meaning: "A connection or message rate limit was reached.",
  },
  4800: {
    name: "heartbeat-lost",
    sender: "client",
    action: "now",
    meaning: "The client heard nothing for the keep-alive window.",
  },
  4801: {
    name: "suspended",
    sender: "client",
    action: "now",
    meaning: "The page was put to sleep.",
  },
  4802: {
    name: "server-rejected",
    sender: "client",
    action: "stop",
    meaning: "The client's own check of the welcome failed.",
  },
  4803: {
    name: "bad-frame",
    sender: "client",
    action: "strikes",
    meaning: "A frame of the server was undecodable.",
  },
} as const satisfies Record<number, CloseRule>;

/** A close code of the registry. */
export type CloseCode = keyof typeof closeCodes;

/** The registry's name of a close code. */
export type CloseName = (typeof closeCodes)[CloseCode]["name"];

/** The codes by name, for code that should read like a sentence: `closeCode["client-too-old"]`. */
export const closeCode: Readonly<Record<CloseName, CloseCode>> = Object.freeze(
  Object.fromEntries(
    Object.entries(closeCodes).map(([code, rule]) => [rule.name, Number(code)]),
  ) as Record<CloseName, CloseCode>, // fromEntries forgets the keys that the table above has
);
