/** What `createClient` takes. */
import type { Limits } from "@concordat/core";
import type { ClientContract, Clock } from "@concordat/core/internal";
import type { Transport } from "@concordat/core/transport";
import type { CallDefaultsByName } from "./call/call-defaults.ts";
import type { RetryOptions } from "./call/retries.ts";
import type { Backoff } from "./connection/backoff.ts";
import type { Interceptor } from "./interceptor/interceptor.ts";
import type { OptionalContract } from "./optional.ts";
import type { WebSocketConstructor } from "./socket/websocket-shape.ts";

/** The contracts of a client: each key becomes a property of the client. */
export interface ContractMap {
  readonly [key: string]: ClientContract<unknown> | OptionalContract<unknown>;
}

/** Options of a client that dials a WebSocket. Only the first two are needed. */
export interface ClientOptions<Contracts extends ContractMap = ContractMap> {
  /** Where the server is: `wss://…`, or a function that is asked at each dial. What that throws counts as for `credentials`. */
  readonly url: string | (() => string | Promise<string>);
  /**
   * What the client calls: generated client stubs, or contracts in source form. The key is the property on the
   * client; wrap in `optional(…)` what it can do without.
   */
  readonly contracts: Contracts;
  /** Another way to connect than by WebSocket: see {@link ConnectOptions}. */
  readonly connect?: never;
  /** What dials. Default: the platform's. In Node before 22, `import WebSocket from "ws"` and pass it. */
  readonly WebSocket?: WebSocketConstructor;
  /** The program's name, for the server's logs and counters. Nothing is ever decided by it. Default: none. */
  readonly name?: string;
  /** The program's own version, for the same. Default: none. */
  readonly version?: string;
  /**
   * What the server's `authenticate` is given: any JSON, or a function that is asked at each dial, and in time before
   * what it gave last expires. Default: nothing.
   *
   * The function is given a `CredentialsRequest`. One that throws a ConcordatError `unauthenticated` or
   * `invalid_argument` stops the client until `connect()` or `credentialsChanged()`; any other error counts as a failed
   * attempt.
   */
  readonly credentials?: unknown;
  /** The deadline of calls that say none, in milliseconds. Default: no deadline. */
  readonly timeoutMs?: number;
  /**
   * How calls of procedures that are declared idempotent are made again when they fail with a passing error or go down
   * with their connection; `false` for never. Others never are. Default: three attempts, random waits of up to 200 ms,
   * doubling to up to 5 s, and a budget of ten for all calls of the client that one in ten successes refills.
   */
  readonly retry?: false | Partial<RetryOptions>;
  /** Runs around every call of every kind and around every notification, outermost first. Default: none, which costs nothing. */
  readonly interceptors?: readonly Interceptor[];
  /** Options for the calls of single procedures or contracts: `{ "orders/": { timeoutMs: 2_000 } }`. Default: none. */
  readonly calls?: CallDefaultsByName;
  /**
   * What becomes of a call while there is no connection. `wait` (default): it is sent on the next one, if that comes
   * before its deadline; no more than `limits.callsInFlight` wait. `fail`: it fails with `unavailable` as soon as an
   * attempt has failed.
   */
  readonly whenDisconnected?: "wait" | "fail";
  /**
   * How long an attempt to open a socket or a pipe may take, and the functions for the address and the credentials with
   * it, in milliseconds. Default 15,000: browsers delay attempts themselves.
   */
  readonly dialTimeoutMs?: number;
  /** How long calls wait for a server that is older than this client, in milliseconds. Default 600,000. */
  readonly serverOutdatedAfterMs?: number;
  /** The waits between attempts. Default: up to 1 s, doubling to up to 30 s. */
  readonly backoff?: Partial<Backoff>;
  /** Limits other than the defaults. Those that only a server bounds are not looked at. */
  readonly limits?: Partial<Limits>;
  /** The time. For tests. Default: the machine's. */
  readonly clock?: Clock;
  /** A number from 0 up to 1. For tests. Default: the machine's. */
  readonly random?: () => number;
}

/** Options of a client that connects by other means: a worker, an iframe, a pipe in memory, a socket of your own. */
export interface ConnectOptions<Contracts extends ContractMap = ContractMap> extends Omit<
  ClientOptions<Contracts>,
  "url" | "connect" | "WebSocket"
> {
  /**
   * Opens a pipe to the server. Called at each attempt: at the first call, and again when a connection was lost.
   *
   * What it throws counts as a failed attempt, and another one follows; a ConcordatError `unauthenticated` or
   * `invalid_argument` stops the client until `connect()` or `credentialsChanged()`. A pipe that comes too late is closed.
   */
  readonly connect: () => Transport | Promise<Transport>;
  readonly url?: never;
  readonly WebSocket?: never;
}
