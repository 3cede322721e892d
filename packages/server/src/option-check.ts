/** Options that cannot be meant: refused at the start, in a sentence, instead of doing nothing or too much later. */
import { isObject } from "@concordat/core/internal";

import type { ServerOptions } from "./server-options.ts";
import { within } from "./middleware/only.ts";
import type { Service } from "./service/service.ts";
import {
  checkFunction,
  checkList,
  checkNames,
  checkOneOf,
  checkTable,
  checkText,
  shown,
  timeInMs,
} from "./option-value.ts";
import type { AllowedOrigins } from "./upgrade/origin.ts";

/** All there are. A name that is misspelt would be ignored: that of `authenticate` lets everybody in. */
const names: { readonly [Name in keyof Required<ServerOptions>]: true } = {
  services: true,
  authenticate: true,
  middleware: true,
  origins: true,
  trustedProxies: true,
  refuseAt: true,
  withdrawn: true,
  inspect: true,
  sunset: true,
  limits: true,
  name: true,
  build: true,
  log: true,
  clock: true,
  random: true,
};

/** @throws RangeError for the first option that there is not, or that is none of its values. */
export function checkOptions(options: ServerOptions): void {
  checkNames(names, options);
  const { services, origins, refuseAt, inspect, sunset, trustedProxies = 0 } = options;
  checkServices(services);
  if (origins !== undefined) checkOrigins(origins);
  if (refuseAt !== undefined) checkOneOf("refuseAt", refuseAt, ["close", "upgrade"]);
  if (inspect !== undefined && typeof inspect !== "function")
    checkOneOf("inspect", inspect, ["off", "on"], " or a function");
  for (const name of ["authenticate", "log", "random"] as const) checkFunction(name, options[name]);
  for (const name of ["name", "build"] as const) checkText(name, options[name]);
  for (const name of ["withdrawn", "limits"] as const)
    if (options[name] !== undefined) checkTable(name, options[name]);
  checkClock(options.clock);
  const { middleware = [] } = options;
  checkList("middleware", middleware);
  for (const each of middleware) checkMiddleware(each);
  checkProcedures(
    middleware.flatMap(({ procedures = [] }) => procedures),
    services,
  );
  if (sunset !== undefined) checkNames({ remindMs: true, withinMs: true }, sunset, "sunset.");
  if (sunset?.remindMs !== undefined) timeInMs("sunset.remindMs", sunset.remindMs);
  if (sunset?.withinMs !== undefined) timeInMs("sunset.withinMs", sunset.withinMs);
  if (!Number.isSafeInteger(trustedProxies) || trustedProxies < 0)
    throw new RangeError(`"trustedProxies" is a number of proxies, not ${shown(trustedProxies)}.`);
}

/** Whoever lists a contract by itself has forgotten its handlers. */
function checkServices(services: unknown): void {
  if (Array.isArray(services) && services.every((each) => isObject(each) && "served" in each))
    return;
  throw new RangeError('"services" lists what implement(…) returned, and nothing else.');
}

/** A guard whose procedure is misspelt would let everybody in. */
function checkProcedures(procedures: readonly string[], services: readonly Service[]): void {
  if (procedures.length === 0) return; // a history may have a million
  const paths = services.flatMap(({ name, parts }) =>
    parts.history.flatMap((release) =>
      Object.keys(release.procedures).map((procedure) => `${name}/${procedure}`),
    ),
  );
  const unknown = procedures.find((name) => !paths.some(within([name])));
  if (unknown === undefined) return;
  throw new RangeError(
    `only(…) names ${shown(unknown)}, which no contract of this server has; one is as ${shown(paths[0])}.`,
  );
}

/** A text would be searched for parts of it: pages of `https://app` would be those of `https://app.example`. */
function checkOrigins(origins: AllowedOrigins): void {
  if (origins === "same-host" || origins === "any") return;
  if (!Array.isArray(origins))
    throw new RangeError(
      `"origins" is "same-host", "any" or a list of origins, not ${shown(origins)}.`,
    );
  const listed: readonly unknown[] = origins;
  for (const origin of listed) checkOrigin(origin);
}

function checkOrigin(origin: unknown): void {
  const sent = typeof origin === "string" ? sentFor(origin) : undefined;
  if (sent !== undefined && sent === origin) return;
  const hint = sent === undefined ? "one is as https://app.example" : `write ${shown(sent)}`;
  throw new RangeError(`"origins" lists ${shown(origin)}, which no page sends; ${hint}.`);
}

/** What a page of this address sends as its origin, `undefined` where it is no address. */
function sentFor(text: string): string | undefined {
  if (text === "null") return text; // a page without an origin says so
  try {
    const { origin, protocol, host } = new URL(text);
    if (origin !== "null") return origin;
    // Of a scheme that is not the web's, such as an extension's, nothing is known but its form.
    return host === "" ? undefined : `${protocol}//${host}`;
  } catch {
    return undefined;
  }
}

function checkMiddleware(each: unknown): void {
  if (typeof each !== "function")
    throw new RangeError(`"middleware" takes a function, not ${shown(each)}.`);
}

function checkClock(clock: unknown): void {
  if (clock === undefined) return;
  const isClock = isObject(clock) && ["now", "wakeAt", "endOfTurn"].every((name) => name in clock);
  if (!isClock) throw new RangeError(`"clock" is a Clock, not ${shown(clock)}.`);
}
