/** An option that cannot be meant is refused at the start, by its name and its value. */
import { expect, test } from "vitest";

import { authenticated, createServer, limitConcurrency, limitRate } from "../src/index.ts";
import type {
  AuthenticatedOptions,
  NodeDrainSettings,
  RateLimit,
  ServerOptions,
} from "../src/index.ts";

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
  [{ trustedProxies: 0.5 }, '"trustedProxies" is a number of proxies, not 0.5.'],
])("a server with %j is not made", (option, sentence) => {
  const options = option as Partial<ServerOptions>; // as JavaScript, or a value of the environment, gives it

  expect(() => createServer({ services: [], ...options })).toThrow(new RangeError(sentence));
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
])("limitRate(%j) is no limit, and is not made", (limit, sentence) => {
  const given = limit as RateLimit; // as JavaScript gives it

  expect(() => limitRate(given)).toThrow(new RangeError(sentence));
});

test("limitConcurrency() of no number is no limit, and is not made", () => {
  expect(() => limitConcurrency({ calls: Number.NaN })).toThrow(
    new RangeError('"calls" is a number from 1 on, not NaN.'),
  );
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
