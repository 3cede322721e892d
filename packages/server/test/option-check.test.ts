/** An option that cannot be meant is refused at the start, by its name and its value. */
import { createServer as createHttpServer } from "node:http";

import { memoryTransports } from "@concordat/core/transport";
import { expect, test } from "vitest";

import {
  authenticated,
  createServer,
  limitConcurrency,
  limitRate,
  metricsHandler,
  only,
  reportCalls,
  requireScopes,
} from "../src/index.ts";
import type {
  AuthenticatedOptions,
  NodeDrainSettings,
  RateLimit,
  ServerOptions,
} from "../src/index.ts";

/** As JavaScript gives it, where no compiler looks. */
function plain(given: unknown): never {
  return given as never; // each test says what becomes of it
}

test.each<[option: unknown, sentence: string]>([
  [
    { origins: "https://app.example" },
    '"origins" is "same-host", "any" or a list of origins, not "https://app.example".',
  ],
  [
    { origins: ["https://app.example/"] },
    '"origins" lists "https://app.example/", which no page sends; write "https://app.example".',
  ],
  [
    { origins: ["https://App.example:443"] },
    '"origins" lists "https://App.example:443", which no page sends; write "https://app.example".',
  ],
  [
    { origins: ["app.example"] },
    '"origins" lists "app.example", which no page sends; one is as https://app.example.',
  ],
  [
    { origins: [undefined] },
    '"origins" lists undefined, which no page sends; one is as https://app.example.',
  ],
  [{ refuseAt: "uprade" }, '"refuseAt" is "close" or "upgrade", not "uprade".'],
  [{ inspect: "any" }, '"inspect" is "off" or "on" or a function, not "any".'],
  [{ authenticate: true }, '"authenticate" takes a function, not true.'],
  [{ log: "info" }, '"log" takes a function, not "info".'],
  [{ middleware: [5] }, '"middleware" takes a function, not 5.'],
  [{ sunset: { withinMs: Number.NaN } }, '"sunset.withinMs" is a time in milliseconds, not NaN.'],
  [{ sunset: { remindMs: -1 } }, '"sunset.remindMs" is a time in milliseconds, not -1.'],
  [
    { authentcate: () => "ada" },
    'There is no option "authentcate"; there are services, authenticate, middleware, origins, trustedProxies, refuseAt, ' +
      "withdrawn, inspect, sunset, limits, name, build, log, clock, random.",
  ],
  [{ services: undefined }, '"services" lists what implement(…) returned, and nothing else.'],
  [
    { services: [{ name: "shop" }] },
    '"services" lists what implement(…) returned, and nothing else.',
  ],
  [undefined, "Options are an object of services, "],
  [{ middleware: null }, '"middleware" is a list, not null.'],
  [{ middleware: () => undefined }, '"middleware" is a list, not () => undefined.'],
  [{ middleware: [undefined] }, '"middleware" takes a function, not undefined.'],
  [{ sunset: null }, '"sunset" is an object of remindMs, withinMs, not null.'],
  [
    { sunset: { within: 5 } },
    'There is no option "sunset.within"; there are sunset.remindMs, sunset.withinMs.',
  ],
  [{ withdrawn: ["old"] }, '"withdrawn" is an object with a member for each name, not old.'],
  [
    { withdrawn: new Map([["old", {}]]) },
    '"withdrawn" is an object with a member for each name, not [object Map].',
  ],
  [{ limits: 5 }, '"limits" is an object with a member for each name, not 5.'],
  [{ name: 5n }, '"name" is a text, not 5.'],
  [{ build: { toJSON: () => "1" } }, '"build" is a text, not [object Object].'],
  [{ random: null }, '"random" takes a function, not null.'],
  [{ clock: Date }, '"clock" is a Clock, not '],
  [
    { refuseAt: Object.create(null) },
    '"refuseAt" is "close" or "upgrade", not an object that has no text.',
  ],
  [{ trustedProxies: 0.5 }, '"trustedProxies" is a number of proxies, not 0.5.'],
])("a server with %o is not made", (option, sentence) => {
  const options = option as Partial<ServerOptions>; // as JavaScript, or a value of the environment, gives it
  const given = option === undefined ? plain(undefined) : { services: [], ...options };

  expect(() => createServer(given)).toThrow(RangeError);
  expect(() => createServer(given)).toThrow(sentence);
});

test.each([
  ["same-host"],
  ["any"],
  [[]],
  [["https://app.example", "http://localhost:5173", "http://[::1]:80", "null"].slice(0, 2)],
  [["chrome-extension://abcdefgh", "null", "http://[::1]:8080"]],
] as const)("pages of %j may be let in", (origins) => {
  expect(() => createServer({ services: [], origins })).not.toThrow();
});

test.each([
  [{ calls: Number.NaN }, '"calls" is a number from 1 on, not NaN.'],
  [{ calls: 0 }, '"calls" is a number from 1 on, not 0.'],
  [{ calls: 5, perMs: Number.NaN }, '"perMs" is a number from 1 on, not NaN.'],
  [{ calls: 5, burst: 0.5 }, '"burst" is a number from 1 on, not 0.5.'],
  [{ calls: "5" }, '"calls" is a number from 1 on, not "5".'],
  [undefined, "Options are an object of calls, perMs, burst, per, clock, not undefined."],
  [
    { calls: 5, by: () => 1 },
    'There is no option "by"; there are calls, perMs, burst, per, clock.',
  ],
  [{ calls: 5, per: "peer" }, '"per" takes a function, not "peer".'],
])("limitRate(%j) is no limit, and is not made", (limit, sentence) => {
  const given = limit as RateLimit; // as JavaScript gives it

  expect(() => limitRate(given)).toThrow(new RangeError(sentence));
});

test("limitConcurrency() of no number is no limit, and is not made", () => {
  expect(() => limitConcurrency({ calls: Number.NaN })).toThrow(
    new RangeError('"calls" is a number from 1 on, not NaN.'),
  );
});

test.each<[made: string, make: () => unknown, sentence: string]>([
  [
    "limitConcurrency",
    () => limitConcurrency(plain({ calls: 1, by: 5 })),
    'There is no option "by"; there are calls, per.',
  ],
  [
    "requireScopes",
    () => requireScopes(plain(undefined)),
    "requireScopes(…) takes a function, not undefined.",
  ],
  [
    "reportCalls",
    () => reportCalls(plain(undefined)),
    "reportCalls(…) takes a function, not undefined.",
  ],
  ["only", () => only(["a/b"], plain(undefined)), "only(…) takes a function, not undefined."],
  ["only", () => only(plain("a/b"), async () => undefined), '"procedures" is a list, not "a/b".'],
  [
    "metricsHandler",
    () => metricsHandler(plain(undefined)),
    "metricsHandler(…) takes a server, not undefined.",
  ],
  [
    "authenticated",
    () => authenticated({}, plain({ expires: 5 })),
    'There is no option "expires"; there are expiresAt, identity.',
  ],
])(
  "%s() of what it cannot use is not made, instead of failing each call",
  (_made, make, sentence) => {
    expect(make).toThrow(new RangeError(sentence));
  },
);

test("a window under another name is refused, and nothing is closed by it", async () => {
  const server = createServer({ services: [] });
  const options = plain({ within: 0 });
  const port = await server.listen(0, { host: "127.0.0.1" });

  expect(() => server.drain(options)).toThrow('There is no option "within"; there are withinMs');
  await expect(server.close(options)).rejects.toThrow('There is no option "within"');
  expect(() => server.reauthenticate(() => true, options)).toThrow('There is no option "within"');
  expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(426);
  await server.close();
});

test("a port that opens while its server is closed is closed again, and none opens afterwards", async () => {
  const server = createServer({ services: [] });
  const opening = server.listen(0);
  const closed = server.close();

  await expect(opening).rejects.toThrow("This server was closed; make another one.");
  await closed;
  await expect(server.listen(0)).rejects.toThrow("This server was closed");
  expect(() => server.attach(createHttpServer())).toThrow("This server was closed");
});

test.each<[given: unknown, request: unknown, sentence: string]>([
  [null, {}, "accept(…) takes an open transport, not null;"],
  [Promise.resolve(), {}, "accept(…) takes an open transport, not [object Promise];"],
  [memoryTransports()[0], null, "accept(…) takes an object of origin, address, headers, not null."],
  [
    memoryTransports()[0],
    { headers: { a: "b" } },
    '"headers" is a Map of texts, not [object Object].',
  ],
])("%o is not accepted", (given, request, sentence) => {
  const server = createServer({ services: [] });

  expect(() => server.accept(plain(given), plain(request))).toThrow(sentence);
  expect(server.load.connections).toBe(0);
});

test.each([Number.NaN, -1, Infinity])("a window of %d is refused", async (withinMs) => {
  const server = createServer({ services: [] });
  const sentence = new RangeError(`"withinMs" is a time in milliseconds, not ${withinMs}.`);

  expect(() => server.reauthenticate(() => true, { withinMs })).toThrow(sentence);
  expect(() => server.drain({ withinMs, ports: "closed" })).toThrow(sentence);
  await expect(server.close({ withinMs })).rejects.toThrow(sentence);
  expect(server.isDraining).toBe(false);
});

test.each([{ path: "rpc" }, { path: "" }, { path: "/rpc?x" }, { metrics: "metrics" }])(
  "a port that is reached at %j is not opened",
  async (options) => {
    const server = createServer({ services: [] });
    const [[name, value] = []] = Object.entries(options);

    await expect(server.listen(0, options)).rejects.toThrow(
      new RangeError(`"${name}" is a path that begins with "/" and has no query, not "${value}".`),
    );
  },
);

test("a port is not opened with an option that there is not: a misspelt host would be every address", async () => {
  const server = createServer({ services: [] });
  const options: object = { hostname: "127.0.0.1" };

  await expect(server.listen(0, options)).rejects.toThrow(
    new RangeError('There is no option "hostname"; there are path, host, metrics.'),
  );
});

test("a server is not drained with ports that are neither open nor closed", () => {
  const server = createServer({ services: [] });
  const settings = { ports: "close" } as unknown as NodeDrainSettings; // as JavaScript gives it

  expect(() => server.drain(settings)).toThrow(
    new RangeError('"ports" is "open" or "closed", not "close".'),
  );
  expect(server.isDraining).toBe(false);
});

test("an identity that is no text is refused: one object has the same name as another", () => {
  const claims: unknown = { sub: "ada" };
  const options = { identity: claims } as AuthenticatedOptions; // as JavaScript gives it

  expect(() => authenticated({}, options)).toThrow("identity is no text");
});
