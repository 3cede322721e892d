/** Makes a server from its options, in any runtime. */
import {
  limitDefaults,
  limitsWith,
  present,
  systemClock,
  wallTime,
} from "@concordat/core/internal";

import { Fleet } from "./fleet/fleet.ts";
import { guarded, standardLog } from "./log/log.ts";
import { Agreements } from "./connection/agreement.ts";
import { Audience } from "./notification/audience.ts";
import { checkOptions } from "./option-check.ts";
import { systemRandom } from "./random.ts";
import { Retirement } from "./retirement/retirement.ts";
import { Standings } from "./retirement/standings.ts";
import { Server } from "./server.ts";
import type { ServerOptions } from "./server-options.ts";
import type { ServerParts } from "./server-parts.ts";
import { Sessions } from "./connection/sessions.ts";
import type { Service } from "./service/service.ts";

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
  checkOptions(options);
  const services = new Map<string, Service>();
  for (const service of options.services) {
    if (services.has(service.name))
      throw new Error(`The contract ${service.name} is implemented twice.`);
    services.set(service.name, service);
  }
  const limits = limitsWith(options.limits);
  if (limits.earlyBytes < limitDefaults.earlyBytes) {
    // A client cannot know before the welcome, and would be refused for good.
    throw new RangeError(
      `The limit earlyBytes must be ${limitDefaults.earlyBytes} at least: every client may send so much.`,
    );
  }
  const { clock = systemClock, random = systemRandom } = options;
  const log = guarded(options.log ?? standardLog);
  const standings = new Standings(services, options.withdrawn ?? {}, log, wallTime(clock));
  const { authenticate, origins = "same-host", refuseAt = "close", name, build } = options;
  const { trustedProxies = 0 } = options;
  const { remindMs = 86_400_000, withinMs = 600_000 } = options.sunset ?? {};
  const served = (): ReturnType<Standings["served"]> => standings.served(wallTime(clock));
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
