/** The registry of close codes: names, numbers, and what follows from each. What they mean is in `reference/close-codes.ts`. */

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

/**
 * Every close code of Concordat.
 *
 * The hundreds digit is the action, so that an old client can act on a code that it has never heard of:
 * 44xx stop, 45xx retry, 46xx / 47xx the same two for the application's own closes, 48xx sent by the client
 * library. The last two digits echo the HTTP status where one exists. No number has a meaning that differs
 * from its common one. Append-only, never reused.
 */
export const closeCode = {
  "bad-handshake": 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  "unknown-contract": 4404,
  "encoding-unsupported": 4406,
  "contract-retired": 4410,
  "release-conflict": 4412,
  "session-taken": 4423,
  "client-too-old": 4426,
  "wire-unsupported": 4427,
  "internal-error": 4500,
  reauthenticate: 4501,
  draining: 4503,
  "handshake-timeout": 4508,
  "session-not-resumable": 4509,
  idle: 4510,
  "slow-consumer": 4511,
  "message-too-large": 4513,
  "heartbeat-timeout": 4515,
  rebalance: 4521,
  "protocol-violation": 4522,
  "flow-control": 4523,
  "server-behind": 4526,
  "too-many-requests": 4529,
  "heartbeat-lost": 4800,
  suspended: 4801,
  "server-rejected": 4802,
  "bad-frame": 4803,
} as const;

/** The registry's name of a close code. */
export type CloseName = keyof typeof closeCode;

/** A close code of the registry. */
export type CloseCode = (typeof closeCode)[CloseName];

/** Codes after which more is done than their hundreds digit says. */
export const closeActions: { readonly [Code in CloseCode]?: CloseAction } = {
  4401: "credentials",
  4501: "now",
  4503: "spread",
  4509: "now",
  4510: "next-call",
  4515: "now",
  4521: "spread",
  4522: "strikes",
  4523: "strikes",
  4529: "hint",
  4800: "now",
  4801: "now",
  4802: "stop",
  4803: "strikes",
};
