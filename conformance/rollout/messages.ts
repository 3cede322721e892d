/** What the processes of the story say to each other. */

/** From the story to a server. */
export interface ServerOrder {
  /** The window in which its clients are asked to leave. */
  readonly drainMs: number;
}

/** From a server to the story, once. */
export interface ServerReady {
  readonly port: number;
}

/** A call that failed. */
export interface Failure {
  readonly procedure: "place" | "count" | "look" | "watch";
  readonly code: string;
  readonly message: string;
  /** `Date.now()` when it failed. */
  readonly at: number;
}

/** From a process of clients to the story, when it was asked to stop. */
export interface ClientReport {
  readonly calls: number;
  readonly failures: readonly Failure[];
  /** `Date.now()` of each connection after a client's first. */
  readonly reconnects: readonly number[];
  /** Connections by the release that was agreed on. */
  readonly releases: Readonly<Record<string, number>>;
  /** Answers to `look` by their note; `none` where there was none, as from an old server and for an old client. */
  readonly looks: Readonly<Record<string, number>>;
}
