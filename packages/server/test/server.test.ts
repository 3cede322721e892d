/** A server's life: where it is reached, beside whom, and how it goes. */
import { once } from "node:events";
import { createServer as createHttpServer, request, type Server as HttpServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { helloToText, systemClock } from "@concordat/core/internal";
import { memoryTransports } from "@concordat/testing";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";

import { createServer, implement, type Server, type ServerOptions } from "../src/index.ts";
import { later, offerOf, plainHello } from "./fixture/caller.ts";
import { startProgram } from "./fixture/child-program.ts";
import { dial } from "./fixture/dial.ts";
import { RawClient } from "./fixture/raw-client.ts";
import { shop, shopHandlers } from "./fixture/shop.ts";
import { answerTo, shopStage } from "./fixture/stage.ts";
import { clientFrame, closeOf } from "./fixture/websocket-frame.ts";

const opened: { readonly close: () => unknown }[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

function shopServer(options: Partial<ServerOptions> = {}): Server {
  const service = implement(shop, { handlers: shopHandlers() });
  return createServer({ services: [service], log: () => undefined, ...options });
}

async function listening(http: HttpServer): Promise<number> {
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  opened.push({ close: () => (http.closeAllConnections(), http.close()) });
  return (http.address() as AddressInfo).port; // it listens on a port
}

/** A connection of the test, which ends with it. */
async function rawClient(port: number): Promise<RawClient> {
  const client = await RawClient.connect(port);
  opened.push({ close: () => client.reset() });
  return client;
}

async function greet(port: number, path = "/"): Promise<unknown> {
  const caller = await dial(port, { path });
  const answer = await caller.unary("shop/greet", { name: "Ada" }).done;
  caller.session.close(1000, "");
  return answer;
}

const greeting = { text: "Hello, Ada." };

describe("close()", () => {
  test("sends goaway, lets open calls end, closes with 4503 and the window to come back in", async () => {
    const gate = later<void>();
    const stage = shopStage({
      async greet() {
        await gate.promise;
        return { text: "done" };
      },
    });
    const busy = stage.caller();
    const idle = stage.caller();
    const call = busy.unary("shop/greet", { name: "" });
    await Promise.all([busy.welcome, idle.welcome]);
    const closed = stage.server.close({ withinMs: 3_000 });
    await stage.clock.advance(749);
    expect([busy.goaways, idle.goaways]).toEqual([[3_000], [3_000]]);
    expect(stage.server.load).toEqual({ connections: 2, calls: 1 });
    gate.settle();
    await stage.clock.advance(1);

    expect(await call.done).toEqual({ text: "done" });
    const end = { code: 4503, reason: "draining spread=3000" };
    expect(await busy.ended).toMatchObject(end);
    expect(await idle.ended).toMatchObject(end);
    await closed;
    expect(stage.server.load).toEqual({ connections: 0, calls: 0 });
    expect(stage.clock.waiting).toBe(0);
  });

  test("turns new calls away as not executed, and lets in what streams its requests for two seconds more", async () => {
    const gate = later<void>();
    const executed: string[] = [];
    const stage = shopStage({
      greet({ name }) {
        executed.push(name);
        return greeting;
      },
      async sum() {
        await gate.promise;
        return 1;
      },
    });
    const caller = stage.caller();
    await caller.welcome;
    const open = caller.open("clientStream", "shop/sum");
    await stage.clock.advance(0);
    const closed = stage.server.close();
    const crossing = caller.unary("shop/greet", { name: "Ada" });
    expect(await crossing.error).toMatchObject({
      code: "unavailable",
      notExecuted: true,
      origin: "remote",
    });
    expect(executed).toEqual([]);

    const streams = caller.open("clientStream", "shop/sum");
    await stage.clock.advance(2_000);
    const late = caller.open("clientStream", "shop/sum");
    expect(await late.error).toMatchObject({ code: "unavailable", notExecuted: true });
    gate.settle();
    expect(await Promise.all([open.done, streams.done])).toEqual([1, 1]);
    await stage.clock.advance(100);
    await closed;
  });

  test("waits no longer than it said: calls that are still open are told, on both sides", async () => {
    const aborted = later<unknown>();
    const stage = shopStage({
      greet: (_request, { signal }) =>
        new Promise(() => signal.addEventListener("abort", () => aborted.settle(signal.reason))),
    });
    const caller = stage.caller();
    const call = caller.unary("shop/greet", { name: "" });
    await caller.welcome;
    const closed = stage.server.close({ withinMs: 2_000 });
    await stage.clock.advance(1_999);
    expect(stage.server.load.calls).toBe(1);
    await stage.clock.advance(1);

    expect((await call.error).code).toBe("unavailable");
    expect(await aborted.promise).toMatchObject({ code: "cancelled" });
    await closed;
    expect(stage.clock.waiting).toBe(0);
  });

  test("refuses whoever comes afterwards, with 4503 and when to come again", async () => {
    const stage = shopStage();
    await stage.server.close();
    const answer = await stage.say(helloToText(plainHello([offerOf(shop)]), "x"));

    expect(answer).toMatchObject({ code: 4503, reason: "draining after=1000" });
    expect(answer.texts).toMatchObject([{ concordat: "reject", code: 4503, retryAfterMs: 1_000 }]);
  });

  test.each([
    ["has not said hello", []],
    ["is being looked at", [helloToText(plainHello([offerOf(shop)]), "x")]],
  ])("closes a connection that %s", async (_name, messages) => {
    const stage = shopStage({}, { authenticate: () => new Promise(() => undefined) });
    const answer = answerTo(stage.pipe(), messages);
    await stage.clock.advance(0);
    await stage.server.close();

    expect(await answer).toMatchObject({
      texts: [{ concordat: "reject", code: 4503, retryAfterMs: 1_000 }],
      code: 4503,
      reason: "draining after=1000",
    });
    expect(stage.clock.waiting).toBe(0);
  });

  test("lets nobody in who said hello before and is known only afterwards", async () => {
    const principal = later<unknown>();
    const stage = shopStage(
      { greet: () => new Promise(() => undefined) },
      { authenticate: ({ client }) => (client.name === "slow" ? principal.promise : undefined) },
    );
    const busy = stage.caller();
    busy.unary("shop/greet", { name: "" });
    const slow = stage.caller({ hello: { client: { name: "slow" } } });
    await busy.welcome;
    const closed = stage.server.close({ withinMs: 1_000 });
    principal.settle("ada");

    expect(await slow.ended).toMatchObject({ code: 4503, refusal: { retryAfterMs: 1_000 } });
    await stage.clock.advance(1_000);
    await closed;
  });

  test("twice is the same as once", async () => {
    const server = shopServer();
    const port = await server.listen(0, { host: "127.0.0.1" });
    await Promise.all([server.close(), server.close()]);
    await server.close();

    await expect(RawClient.connect(port)).rejects.toThrow("ECONNREFUSED");
  });

  test("frees the port for the next server", async () => {
    const first = shopServer();
    const port = await first.listen(0, { host: "127.0.0.1" });
    expect(await greet(port)).toEqual(greeting);
    await first.close();
    const second = shopServer();
    opened.push(second);

    expect(await second.listen(port, { host: "127.0.0.1" })).toBe(port);
    expect(await greet(port)).toEqual(greeting);
  });

  test("is not held up by connections that never asked for anything, or never finished asking", async () => {
    const server = shopServer();
    const port = await server.listen(0, { host: "127.0.0.1" });
    const silent = await rawClient(port);
    const halfway = await rawClient(port);
    halfway.write("GET / HTTP/1.1\r\nHost: x\r\n");
    const alive = await rawClient(port);
    alive.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive\r\n\r\n");
    await alive.answer();
    const start = systemClock.now();
    await server.close();
    await Promise.all([silent.gone, halfway.gone, alive.gone]);

    expect(systemClock.now() - start).toBeLessThan(4_000); // node itself would wait for five seconds
  });

  test("is held up by a client that does not answer the close for no longer than the limit", async () => {
    const server = shopServer({ limits: { closeMs: 100 } });
    const port = await server.listen(0, { host: "127.0.0.1" });
    const client = await rawClient(port);
    client.upgrade();
    await client.answer();
    client.write(clientFrame(helloToText(plainHello([offerOf(shop)]), "x")));
    await client.frame();
    const start = systemClock.now();
    await server.close();

    expect(systemClock.now() - start).toBeLessThan(1_900); // the default is 2,000
    expect(closeOf(await client.frames()).code).toBe(4503);
  });

  test("leaves a process nothing to do: it ends by itself, although streams were open", async () => {
    const { program, first } = await startProgram(new URL("./fixture/leaver.ts", import.meta.url));
    opened.push({ close: () => program.stop() });
    const left = program.process.exitCode ?? (await once(program.process, "exit"))[0];

    expect(first).toMatchObject({ greeting });
    expect(program.complaints()).toBe("");
    expect(left).toBe(0);
    // What keeps a process alive by mistake is a timer or a socket, and the shortest of them lasts for two minutes.
    expect(systemClock.now() - (first as { at: number }).at).toBeLessThan(60_000); // leaver.ts says when
  });
});

describe("drain()", () => {
  test("goes on answering on its port: clients with 4503, a load balancer's check with HTTP 503", async () => {
    const server = shopServer();
    const port = await server.listen(0, { host: "127.0.0.1" });
    opened.push(server);
    expect((await answerOf(port)).status).toBe(426);
    await server.drain();

    expect(await (await dial(port)).ended).toMatchObject({ code: 4503 });
    expect(await answerOf(port)).toEqual({ status: 503, body: "This server is going away.\n" });
  });

  test("may leave its port to the next server at once, while its own clients finish", async () => {
    const first = shopServer();
    const port = await first.listen(0, { host: "127.0.0.1" });
    const busy = await dial(port);
    await busy.welcome;
    const sum = busy.open("clientStream", "shop/sum");
    await expect.poll(() => first.load.calls).toBe(1);
    const drained = first.drain({ withinMs: 20_000, ports: "closed" });
    const second = shopServer();
    opened.push(second);
    await second.listen(port, { host: "127.0.0.1" });

    expect(await greet(port)).toEqual(greeting);
    sum.call.sendEnd();
    expect(await sum.done).toBe(0);
    busy.session.close(1000, "");
    await drained;
    await first.close();
  });
});

describe("accept()", () => {
  test("of a pipe that has ended already leaves nothing behind", async () => {
    const stage = shopStage();
    const [near, far] = memoryTransports();
    near.close(1000, "");
    await stage.clock.advance(0);
    stage.server.accept(far);

    await stage.clock.advance(0);
    expect(stage.server.load.connections).toBe(0);
    expect(stage.clock.waiting).toBe(0);
  });

  test.each([
    ["that serves", "welcome"],
    ["that is closing", "reject"],
  ])("of a pipe on which the hello waits already, by a server %s", async (_name, answer) => {
    const stage = shopStage();
    if (answer === "reject") await stage.server.close();
    const [near, far] = memoryTransports();
    near.send(helloToText(plainHello([offerOf(shop)]), "x"));
    await stage.clock.advance(0);
    stage.server.accept(far);
    const answered = answerTo(near, []);
    await stage.clock.advance(0);
    const closed = stage.server.close();
    await stage.clock.advance(5_000);
    await closed;

    expect((await answered).texts[0]).toMatchObject({ concordat: answer });
  });
});

test("a client that falls silent is asked, and given up after two intervals", async () => {
  const stage = shopStage({}, { limits: { keepAliveMs: 1_000 } });
  const answer = answerTo(stage.pipe(), [helloToText(plainHello([offerOf(shop)]), "x")]);
  await stage.clock.advance(1_999);
  expect(stage.server.load.connections).toBe(1);
  await stage.clock.advance(1);

  expect(await answer).toMatchObject({ code: 4515, reason: "heartbeat-timeout" });
  expect(stage.clock.waiting).toBe(0);
});

test("listen() on a port that somebody has fails, and says so", async () => {
  const http = createHttpServer();
  const port = await listening(http);

  await expect(shopServer().listen(port, { host: "127.0.0.1" })).rejects.toThrow("EADDRINUSE");
});

describe("attach()", () => {
  test("beside an ordinary HTTP application leaves its requests alone", async () => {
    const http = createHttpServer((_request, response) => response.end("the application"));
    const server = shopServer();
    server.attach(http, { path: "/rpc" });
    const port = await listening(http);

    expect(await greet(port, "/rpc")).toEqual(greeting);
    expect(await page(port, "/rpc")).toBe("the application");
    await server.close();
    expect(await page(port, "/")).toBe("the application");
  });

  test("tells clients that it is closing, and then leaves its path to the next server", async () => {
    const http = createHttpServer();
    const port = await listening(http);
    const first = shopServer({ limits: { closeMs: 200 } });
    first.attach(http);
    const silent = await rawClient(port);
    silent.upgrade();
    await silent.answer();
    // A call holds it up, so that there is a while in which it closes.
    const busy = await dial(port);
    await busy.welcome;
    busy.open("clientStream", "shop/sum");
    await expect.poll(() => first.load.calls).toBe(1);
    const closed = first.close({ withinMs: 300 });

    expect(await (await dial(port)).ended).toMatchObject({ code: 4503 });
    expect(() => shopServer().attach(http)).toThrow("attached at / already");
    await closed;
    shopServer().attach(http);
    expect(await greet(port)).toEqual(greeting);
  });

  test.each([
    ["before", true],
    ["after", false],
  ])(
    "beside somebody else's WebSocket that was there %s it: each serves its own path",
    async (_name, isFirst) => {
      const http = createHttpServer();
      const theirs = new WebSocketServer({ noServer: true });
      theirs.on("connection", (socket) => socket.close(4999, "theirs"));
      const listen = (): unknown =>
        http.on("upgrade", (asked, socket, head) => {
          if (asked.url !== "/theirs") return;
          theirs.handleUpgrade(asked, socket, head, (webSocket) =>
            theirs.emit("connection", webSocket, asked),
          );
        });
      if (isFirst) listen();
      shopServer().attach(http, { path: "/rpc" });
      if (!isFirst) listen();
      const port = await listening(http);

      expect(await greet(port, "/rpc")).toEqual(greeting);
      const client = await rawClient(port);
      client.upgrade({ path: "/theirs", headers: { "Sec-WebSocket-Protocol": undefined } });
      expect((await client.answer()).status).toBe(101);
      expect(closeOf(await client.frames())).toMatchObject({ code: 4999 });
    },
  );

  test("leaves an upgrade of another path to the others, also when they want none of it and its client resets", async () => {
    const http = createHttpServer();
    const asked: (string | undefined)[] = [];
    http.on("upgrade", ({ url }) => asked.push(url)); // and does nothing, not even listen for errors
    shopServer().attach(http, { path: "/rpc" });
    const port = await listening(http);
    const client = await rawClient(port);
    client.upgrade({ path: "/nobody" });
    await expect.poll(() => asked).toEqual(["/nobody"]);
    client.reset();
    await client.gone;

    // A socket without a listener for errors would have ended this process by now.
    expect(await greet(port, "/rpc")).toEqual(greeting);
  });

  test("drops whom it refuses, also one that never closes its own side", async () => {
    const http = createHttpServer();
    shopServer().attach(http);
    const port = await listening(http);
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    opened.push({ close: () => socket.destroy() });
    socket.on("error", () => undefined);
    socket.write("GET / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n");
    const [answer]: unknown[] = await once(socket, "data");

    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
    await expect.poll(() => promisify(http.getConnections.bind(http))()).toBe(0);
  });

  test("twice, at two paths: both serve, and what is neither's is refused once", async () => {
    const http = createHttpServer();
    shopServer().attach(http, { path: "/a" });
    shopServer().attach(http, { path: "/b" });
    const port = await listening(http);

    expect(await greet(port, "/a")).toEqual(greeting);
    expect(await greet(port, "/b")).toEqual(greeting);
    const client = await rawClient(port);
    client.upgrade({ path: "/c" });
    expect((await client.answer()).status).toBe(404);
    await client.gone;
  });
});

/** What an HTTP server answers to an ordinary request. */
async function page(port: number, path: string): Promise<string> {
  return (await answerOf(port, path)).body;
}

async function answerOf(port: number, path = "/"): Promise<{ status: number; body: string }> {
  const asked = request({ port, path, agent: false }).end();
  const [response] = await once(asked, "response");
  return { status: response.statusCode, body: await text(response) };
}
