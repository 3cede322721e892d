/** The fleet over HTTP: on a port of the server's own, and on one that is there already. */
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";

import { createServer, implement, metricsHandler, type Server } from "../../src/index.ts";
import { dial } from "../fixture/dial.ts";
import { shop, shopHandlers } from "../fixture/shop.ts";
import { familiesFrom } from "./open-metrics-parser.ts";

const closing: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

function shopServer(): Server {
  const services = [implement(shop, { handlers: shopHandlers() })];
  const server = createServer({ services, log: () => undefined });
  closing.push(() => server.close({ withinMs: 1 }));
  return server;
}

async function listening(http: HttpServer): Promise<string> {
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  closing.push(() => (http.closeAllConnections(), http.close()));
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`; // it listens on a port
}

test("a server answers scrapes on its own port, where it was told to, and upgrades beside them", async () => {
  const server = shopServer();
  const port = await server.listen(0, { host: "127.0.0.1", metrics: "/metrics" });
  const caller = await dial(port, { hello: { client: { name: "web" } } });
  await caller.unary("shop/greet", { name: "Ada" }).done;
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`);

  expect(answer.headers.get("content-type")).toBe(
    "application/openmetrics-text; version=1.0.0; charset=utf-8",
  );
  const [sample] = familiesFrom(await answer.text()).get("concordat_calls")?.samples ?? [];
  expect(Object.fromEntries(sample?.labels ?? [])).toMatchObject({ client: "web", outcome: "ok" });
  const json: unknown = await (await fetch(`http://127.0.0.1:${port}/metrics/fleet.json`)).json();
  expect(json).toMatchObject({ concordat: "fleet/1", calls: [{ client: "web" }] });
  for (const path of ["/", "/metricsandmore", "/metrics/else"])
    expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(426);
  caller.session.close(1000, "");
});

test("a server that was told nothing shows nothing", async () => {
  const port = await shopServer().listen(0, { host: "127.0.0.1" });

  expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(426);
});

test("the handler is mounted wherever an HTTP server has room, and only reads", async () => {
  const handler = metricsHandler(shopServer());
  const url = await listening(createHttpServer(handler));
  const post = await fetch(url, { method: "POST", body: "x" });

  expect(post.status).toBe(405);
  expect(post.headers.get("allow")).toBe("GET, HEAD");
  expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
  const json = await fetch(`${url}/any/fleet.json?x=1`);
  expect(json.headers.get("content-type")).toBe("application/json");
  expect(json.headers.get("cache-control")).toBe("no-store");
  expect((await json.json()) as unknown).toMatchObject({ isComplete: true });
});

test("a HEAD is answered with the headers alone, whoever writes the answer", () => {
  const written: unknown[] = [];
  metricsHandler(shopServer())(
    { method: "HEAD", url: "/metrics" },
    {
      writeHead: (status, headers) => written.push(status, headers["Content-Type"]),
      end: (body) => written.push(body),
    },
  );

  expect(written).toEqual([200, expect.stringContaining("openmetrics-text"), undefined]);
});
