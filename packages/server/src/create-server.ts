/** Makes a server from its options, in any runtime. */
import { limitRules, type Limits } from "@concordat/core";
import { type Clock, limitsWith, present, systemClock } from "@concordat/core/internal";

import type { Authenticate } from "./authenticate.ts";
import { guarded, type Log, standardLog } from "./log.ts";
import type { Middleware } from "./middleware.ts";
import { Audience } from "./notification/audience.ts";
import type { AllowedOrigins } from "./origin.ts";
import { Server, type ServerParts } from "./server.ts";
import { Sessions } from "./sessions.ts";
import type { Service } from "./service.ts";

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
   * How a client that is too old is refused. Default `"close"`: open the WebSocket, say why, close with 4426, which
   * is all that a page can read. `"upgrade"`: answer programs that are no browsers with HTTP 426 before a socket is
   * opened, where their subprotocol tokens prove it already.
   */
  readonly refuseAt?: "close" | "upgrade";
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
}

/**
 * Makes a server that needs nothing of Node. It does nothing until `upgrade` or `accept`.
 *
 * @throws Error when two services have the same contract; RangeError for a limit that is no positive whole number.
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
  const limits = limitsWith(options.limits);
  if (limits.earlyBytes < limitRules.earlyBytes.default) {
    // A client cannot know before the welcome, and would be refused for good.
    throw new RangeError(
      `The limit earlyBytes must be ${limitRules.earlyBytes.default} at least: every client may send so much.`,
    );
  }
  const clock = options.clock ?? systemClock;
  const { authenticate, origins = "same-host", refuseAt = "close", name, build } = options;
  return {
    policy: {
      services,
      authenticate,
      limits,
      server: present({ name, build }),
      sessions: new Sessions(clock, limits),
      audience: new Audience(),
      log: guarded(options.log ?? standardLog),
      middleware: options.middleware ?? [],
    },
    origins,
    refuseAt,
    clock,
  };
}
