/** Every event of a server's log. Nothing runs on this table but the types: it is for those who read logs. */

/** What one event of a server's log is about. */
export interface LogRule {
  /** How much it matters: `standardLog` leaves `info` out. */
  readonly level: "info" | "warn" | "error";
  /** What happened, for people. */
  readonly meaning: string;
  /** When somebody should be woken for it. */
  readonly alert: string;
}

/** The events of a server's log by their names, which are stable: put them into dashboards and alerts. */
export const logEvents = {
  "handler-failed": {
    level: "error",
    meaning:
      "A handler or middleware threw something that is no `ConcordatError`, or let one of another server through. The caller heard `internal`; `cause` is what was thrown.",
    alert: "yes",
  },
  "promise-broken": {
    level: "error",
    meaning:
      "A response or error does not fit its schema, an adapter failed, or middleware left a call unanswered. `procedure`, `release` and `path` say where.",
    alert: "yes, at the first one: a deploy is wrong",
  },
  "admission-failed": {
    level: "error",
    meaning: "The server failed on a hello, and closed with 4500.",
    alert: "yes",
  },
  "inspection-failed": {
    level: "error",
    meaning: "The function under `inspect` threw, or answered something that is no answer.",
    alert: "yes",
  },
  "sunset-without-successor": {
    level: "error",
    meaning: "A release had its sunset, and nothing newer takes its place. It is served on.",
    alert: "yes",
  },
  "authentication-failed": {
    level: "warn",
    meaning:
      "`authenticate` threw, or gave an `expiresAt` that is over: `message` has it beside the time, both in milliseconds.",
    alert:
      "where `cause` is no `ConcordatError` of `unauthenticated` or `permission_denied`; else when there are many",
  },
  "principal-changed": {
    level: "warn",
    meaning:
      "Fresh credentials are another caller's, or nobody can tell; the connection was closed with 4501.",
    alert: "when there are many: `identity` is missing",
  },
  "notification-unsent": {
    level: "warn",
    meaning:
      "A notification could not be written for a client, such as one that is larger than it takes.",
    alert: "yes",
  },
  "connection-ended": {
    level: "info",
    meaning: "With the code of the close and the address.",
    alert: "count them by code",
  },
  "floor-changed": {
    level: "info",
    meaning: "A floor was moved, or a contract withdrawn.",
    alert: "no",
  },
  "notification-refused": {
    level: "info",
    meaning:
      "A handler, or an adapter on the way, threw a `ConcordatError` at a notification, or a client's does not match its schema.",
    alert: "no",
  },
  "notification-dropped": {
    level: "info",
    meaning:
      "A client told something that was not negotiated, or that ends before the newest release.",
    alert: "no",
  },
} as const satisfies Readonly<Record<string, LogRule>>;

/** The name of an event. */
export type LogEventName = keyof typeof logEvents;
