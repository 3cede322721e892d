/** What whoever makes a server may say. */
import type { Deprecation, Limits } from "@concordat/core";
import type { Clock } from "@concordat/core/internal";

import type { InspectPolicy } from "./log/inspection.ts";
import type { Log } from "./log/log.ts";
import type { Middleware } from "./middleware/middleware.ts";
import type { Authenticate } from "./peer/authenticate.ts";
import type { Service } from "./service/service.ts";
import type { AllowedOrigins } from "./upgrade/origin.ts";

/** What happens around a sunset to those who are connected. */
export interface SunsetOptions {
  /** How long before it they are told once more, and whoever comes from then on, in milliseconds. Default 86,400,000: a day. */
  readonly remindMs?: number;
  /** In how many milliseconds after it the last of them is gone. Default 600,000: ten minutes. */
  readonly withinMs?: number;
}

/** Options of `createServer`. */
export interface ServerOptions {
  /** What is served: one `implement(…)` for each contract. */
  readonly services: readonly Service[];
  /** Checks credentials when a client connects. Default: everybody is let in, with `undefined` as principal. */
  readonly authenticate?: Authenticate;
  /** Runs around every call of every kind and around every client notification, outermost first. Default: none. */
  readonly middleware?: readonly Middleware[];
  /** Which pages may connect. Default `"same-host"`. */
  readonly origins?: AllowedOrigins;
  /**
   * How many proxies stand in front of the server, one behind the other, each of which adds to `X-Forwarded-For` whom it
   * was called by. Then `peer.address`, the `address` that `authenticate` is given, the log's, and the one that
   * `connectionsPerAddress` counts are the client's. Default 0: the header is not looked at, because anybody may
   * send one, and the address is that of the other end of the socket.
   */
  readonly trustedProxies?: number;
  /**
   * How a client that is too old is refused. Default `"close"`: open the WebSocket, say why, close with 4426, which
   * is all that a page can read. `"upgrade"`: answer programs that are no browsers with HTTP 426 before a socket is
   * opened, where their subprotocol tokens prove it already.
   */
  readonly refuseAt?: "close" | "upgrade";
  /**
   * Contracts that were withdrawn and have no code here any more, with what is said to those who ask for them. They are
   * refused with 4410 instead of 4404. Default: none.
   */
  readonly withdrawn?: { readonly [contract: string]: Deprecation };
  /**
   * Who may ask what this server speaks, as `concordat inspect` does: contracts, releases, floors, notices. Default
   * `"off"`: names of contracts are nobody's business but their clients'. Asked after `authenticate`.
   */
  readonly inspect?: InspectPolicy;
  /** How clients are made to leave when their release has its sunset. */
  readonly sunset?: SunsetOptions;
  /** Replaces single limits. Default: the table `limitRules`. */
  readonly limits?: Partial<Limits>;
  /** Told to clients, for their logs. Default: nothing. */
  readonly name?: string;
  /** Told to clients, for their logs. Default: nothing. */
  readonly build?: string;
  /** Takes what an operator should know. Default: warnings and errors as JSON lines on the standard error stream. */
  readonly log?: Log;
  /** The time. Default: the machine's. Tests move it by hand. */
  readonly clock?: Clock;
  /** A number from 0 up to 1, for everything but secrets. For tests. Default: the machine's. */
  readonly random?: () => number;
}
