/** Makes a server from its options, in any runtime. */
import type { Deprecation, Limits } from "@concordat/core";
import {
  type Clock,
  limitDefaults,
  limitsWith,
  present,
  systemClock,
} from "@concordat/core/internal";

import type { Authenticate } from "./peer/authenticate.ts";
import type { InspectPolicy } from "./log/inspection.ts";
import { Fleet } from "./fleet/fleet.ts";
import { guarded, type Log, standardLog } from "./log/log.ts";
import type { Middleware } from "./middleware/middleware.ts";
import { Agreements } from "./connection/agreement.ts";
import { Audience } from "./notification/audience.ts";
import type { AllowedOrigins } from "./upgrade/origin.ts";
import { checkOptions } from "./option-check.ts";
import { systemRandom } from "./random.ts";
import { Retirement } from "./retirement/retirement.ts";
import { Standings } from "./retirement/standings.ts";
import { Server } from "./server.ts";
import type { ServerParts } from "./server-parts.ts";
import { Sessions } from "./connection/sessions.ts";
import type { Service } from "./service/service.ts";

/** What happens around a sunset to those who are connected. */
export interface SunsetOptions {
  /** How long before it they are told once more, in milliseconds. Default 86,400,000: a day. */
  readonly remindMs?: number;
  /** In how many milliseconds after it the last of them is gone. Default 600,000: ten minutes. */
  readonly withinMs?: number;
}

/** Options of {@link createServer}. */
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

/**
 * Makes a server that needs nothing of Node. It does nothing until `upgrade` or `accept`.
 *
 * @throws Error when two services have the same contract, or one has its sunset behind it and nothing that follows;
 * RangeError for a limit that is no positive whole number, or another option that is none of its values.
 */
export function createServer(options: ServerOptions): Server {
  return new Server(serverParts(options));
}

/** What a server of these options is made of. Throws as {@link createServer} does. */
export function serverParts(options: ServerOptions): ServerParts {
  const services = new Map<string, Service>();
  for (const service of options.services) {
    if (services.has(service.name))
      throw new Error(`The contract ${service.name} is implemented twice.`);
    services.set(service.name, service);
  }
  checkOptions(options);
  const limits = limitsWith(options.limits);
  if (limits.earlyBytes < limitDefaults.earlyBytes) {
    // A client cannot know before the welcome, and would be refused for good.
    throw new RangeError(
      `The limit earlyBytes must be ${limitDefaults.earlyBytes} at least: every client may send so much.`,
    );
  }
  const { clock = systemClock, random = systemRandom } = options;
  const log = guarded(options.log ?? standardLog);
  const standings = new Standings(services, options.withdrawn ?? {}, log, clock.now());
  const { authenticate, origins = "same-host", refuseAt = "close", name, build } = options;
  const { trustedProxies = 0 } = options;
  const { remindMs = 86_400_000, withinMs = 600_000 } = options.sunset ?? {};
  const served = (): ReturnType<Standings["served"]> => standings.served(clock.now());
  return {
    policy: {
      services,
      agreements: new Agreements(services),
      served,
      inspect: options.inspect ?? "off",
      fleet: new Fleet({ clock, limits, served }),
      authenticate,
      limits,
      server: present({ name, build }),
      sessions: new Sessions(clock, limits),
      audience: new Audience(),
      log,
      middleware: options.middleware ?? [],
    },
    origins,
    refuseAt,
    trustedProxies,
    clock,
    random,
    retirement: (speakers) =>
      new Retirement({ standings, clock, random, speakers, remindMs, withinMs }),
  };
}
