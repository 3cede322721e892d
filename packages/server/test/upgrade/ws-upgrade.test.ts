/** The HTTP upgrade: who gets a WebSocket, and what the others are told. */
import { helloToText } from "@concordat/core/internal";
import { afterEach, describe, expect, test } from "vitest";

import { createServer, type Server, type ServerOptions } from "../../src/index.ts";
import { plainHello } from "../fixture/caller.ts";
import { libraryService } from "../fixture/librarian.ts";
import { libraryHistory, offersOf } from "../fixture/library-history.ts";
import { type HttpAnswer, RawClient, type UpgradeOptions } from "../fixture/raw-client.ts";
import { clientFrame, closeOf, opcode, type ServerClose } from "../fixture/websocket-frame.ts";

const upgradeUrl = "https://example.org/new";
const running: Server[] = [];
const clients: RawClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.reset();
  await Promise.all(running.splice(0).map((server) => server.close({ withinMs: 1 })));
});

async function connect(port: number): Promise<RawClient> {
  const client = await RawClient.connect(port);
  clients.push(client);
  return client;
}

async function listen(options: Partial<ServerOptions> = {}): Promise<number> {
  const services = [libraryService({ floor: "2.0.0", upgradeUrl })];
  const server = createServer({ services, log: () => undefined, ...options });
  running.push(server);
  return server.listen(0, { host: "127.0.0.1", path: "/rpc" });
}

async function ask(
  port: number,
  options: UpgradeOptions,
): Promise<HttpAnswer & { readonly client: RawClient }> {
  const client = await connect(port);
  client.upgrade({ path: "/rpc", ...options });
  return { ...(await client.answer()), client };
}

/** Offers protocols as a client does that speaks these releases of the library, newest first. */
function offering(...protocols: readonly string[]): UpgradeOptions {
  return { headers: { "Sec-WebSocket-Protocol": protocols.join(", ") } };
}

function helloOf(...releases: readonly string[]): string {
  const offers = offersOf(libraryHistory, ...releases);
  return helloToText(plainHello([{ name: "library", offers, optional: false }]), "x");
}

async function closeOfHello(
  client: RawClient,
  ...releases: readonly string[]
): Promise<ServerClose> {
  client.write(clientFrame(helloOf(...releases)));
  return closeOf(await client.frames());
}

describe("before there is a WebSocket", () => {
  test.each([
    ["none", undefined],
    ["a foreign one", "graphql-transport-ws"],
    ["only a routing token", "library.3.0.0"],
    ["one that looks like ours", "concordat.v01"],
    ["one in another case", "Concordat.V1"],
  ])(
    "of subprotocols %s: 400, with a body that names the expected token",
    async (_name, offered) => {
      const headers = { "Sec-WebSocket-Protocol": offered };
      const { status, headers: answered, body, client } = await ask(await listen(), { headers });

      expect(status).toBe(400);
      expect(body).toContain("concordat.v1");
      expect(answered.get("connection")).toBe("close");
      await client.gone;
    },
  );

  test("at another path: 404, and the connection is closed", async () => {
    const { status, client } = await ask(await listen(), { path: "/rpc/other" });

    expect(status).toBe(404);
    await client.gone;
  });

  test("a query belongs to no path", async () => {
    expect((await ask(await listen(), { path: "/rpc?ticket=1#x" })).status).toBe(101);
  });

  test("a plain request is told that this address speaks WebSocket", async () => {
    const client = await connect(await listen());
    client.write("GET /rpc HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const { status, headers } = await client.answer();

    expect(status).toBe(426);
    expect(headers.get("upgrade")).toBe("websocket");
    expect(headers.get("connection")).toMatch(/\bupgrade\b/i);
  });

  test("more clients than may be let in at once get 503, and the next after one of them is in", async () => {
    const port = await listen({ limits: { handshakes: 2 } });
    const { client: first } = await ask(port, {});
    await ask(port, {});

    const refused = await ask(port, {});
    expect(refused.status).toBe(503);
    expect(refused.headers.get("retry-after")).toBe("1");
    await refused.client.gone;

    first.write(clientFrame(helloOf("3.0.0")));
    await first.frame();
    expect((await ask(port, {})).status).toBe(101);
  });

  test("clients that leave in the middle of the handshake make room for others", async () => {
    const port = await listen({ limits: { handshakes: 1 } });
    const { client: first } = await ask(port, {});
    first.reset();
    await first.gone;

    await expect.poll(async () => (await ask(port, {})).status).toBe(101);
  });
});

describe("the subprotocol", () => {
  test.each([
    [["concordat.v1"], "concordat.v1"],
    [["library.3.0.0", "concordat.v1"], "concordat.v1"],
    [["concordat.v2", "concordat.v1"], "concordat.v1"],
    [["concordat.v2"], "concordat.v2"],
    [["concordat.v9", "concordat.v8"], "concordat.v9"],
  ])("of %j the server echoes %s", async (offered, echoed) => {
    const { status, headers } = await ask(await listen(), offering(...offered));

    expect(status).toBe(101);
    expect(headers.get("sec-websocket-protocol")).toBe(echoed);
  });

  test("is echoed to a client that is going to be refused, or it would never learn why", async () => {
    const { headers, client } = await ask(
      await listen(),
      offering("concordat.v1", "library.1.1.0"),
    );
    const { code, reason, texts } = await closeOfHello(client, "1.1.0", "1.0.0");

    expect(headers.get("sec-websocket-protocol")).toBe("concordat.v1");
    expect(code).toBe(4426);
    expect(reason.toString()).toBe(
      "client-too-old contract=library have=1.1.0 min=2.0.0 max=3.0.0",
    );
    expect(JSON.parse(texts[0] ?? "")).toMatchObject({
      concordat: "reject",
      code: 4426,
      upgradeUrl,
    });
  });

  test("is echoed to a page of a foreign origin, and the hello is answered with 4403", async () => {
    const headers = { Origin: "https://evil.example" };
    const { headers: answered, client } = await ask(await listen(), { headers });
    const { code, texts } = await closeOfHello(client, "3.0.0");

    expect(answered.get("sec-websocket-protocol")).toBe("concordat.v1");
    expect(code).toBe(4403);
    expect(texts[0]).not.toContain("evil.example");
  });

  test("is echoed to a client of another wire revision, which is told who has to move", async () => {
    const { client } = await ask(await listen(), offering("concordat.v2"));
    client.write(clientFrame(JSON.stringify({ concordat: "hello", wire: [2] })));
    const { code, reason } = closeOf(await client.frames());

    expect(code).toBe(4427);
    expect(reason.toString()).toBe("wire-unsupported move=server");
  });
});

describe("refusing at the upgrade", () => {
  test("426 carries what a reject carries, as a problem document, and closes the connection", async () => {
    const port = await listen({ refuseAt: "upgrade" });
    const { status, headers, body, client } = await ask(
      port,
      offering("concordat.v1", "library.1.1.0"),
    );

    expect(status).toBe(426);
    expect(headers.get("upgrade")).toBe("websocket");
    expect(headers.get("connection")?.toLowerCase().split(", ").toSorted()).toEqual([
      "close",
      "upgrade",
    ]);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(JSON.parse(body)).toEqual({
      type: "urn:concordat:client-too-old",
      title: "Upgrade Required",
      status: 426,
      detail:
        "This client speaks 1.1.0 of library; the server serves 2.0.0 to 3.0.0. The client has to be updated.",
      code: 4426,
      name: "client-too-old",
      message:
        "This client speaks 1.1.0 of library; the server serves 2.0.0 to 3.0.0. The client has to be updated.",
      contract: "library",
      offered: ["1.1.0"],
      supported: { floor: "2.0.0", newest: "3.0.0", releases: ["2.0.0", "3.0.0"] },
      mustMove: "client",
      upgradeUrl,
    });
    await client.gone;
  });

  test("a browser, which would see nothing of it, is refused by close all the same", async () => {
    const port = await listen({ refuseAt: "upgrade", origins: "any" });
    const { headers } = offering("concordat.v1", "library.1.1.0");
    const { status, client } = await ask(port, {
      headers: { ...headers, Origin: "https://app.example" },
    });

    expect(status).toBe(101);
    expect((await closeOfHello(client, "1.1.0")).code).toBe(4426);
  });

  test.each([
    ["the floor", "library.2.0.0"],
    ["a newer release, which may offer an older one beside it", "library.9.0.0"],
    ["a working tree", "library.unreleased"],
    ["an unknown contract", "museum.0.0.1"],
    ["something that is no token of ours", "library.1.1"],
  ])("%s is not proved to be too old, and is let through", async (_name, token) => {
    const port = await listen({ refuseAt: "upgrade" });

    expect((await ask(port, offering("concordat.v1", token))).status).toBe(101);
  });
});

describe("a page", () => {
  test.each<[string, ServerOptions["origins"], string, string]>([
    ["of the same host on another port", undefined, "http://localhost:5173", "welcome"],
    ["of another host", undefined, "https://evil.example", "reject"],
    ["of a host that begins with ours", undefined, "http://localhost.evil.example", "reject"],
    ["without an origin of its own", undefined, "null", "reject"],
    ["in the list", ["https://app.example"], "https://app.example", "welcome"],
    ["in the list by another port", ["https://app.example"], "https://app.example:444", "reject"],
    ["in the list by another scheme", ["https://app.example"], "http://app.example", "reject"],
    ["of the same host where a list is given", ["https://a.b"], "http://localhost", "reject"],
    ["of anywhere where anybody may", "any", "https://evil.example", "welcome"],
  ])("%s: origins %j, origin %s: %s", async (_name, origins, origin, answer) => {
    const port = await listen(origins === undefined ? {} : { origins });
    const { client } = await ask(port, { headers: { Origin: origin } });
    client.write(clientFrame(helloOf("3.0.0")));

    const { payload } = await client.frame();
    expect(JSON.parse(payload.toString())).toMatchObject({ concordat: answer });
  });

  test("that may not connect is never asked for its credentials", async () => {
    const asked: unknown[] = [];
    const port = await listen({ authenticate: (request) => asked.push(request) });
    const { client } = await ask(port, { headers: { Origin: "https://evil.example" } });

    expect((await closeOfHello(client, "3.0.0")).code).toBe(4403);
    expect(asked).toEqual([]);
  });
});

test("a hello over its limit is refused before it has come whole", async () => {
  const client = (await ask(await listen(), {})).client;
  const start = clientFrame("x".repeat(20_000), { states: 1_000_000 });
  client.write(start);
  const { code, reason } = closeOf(await client.frames());

  expect(code).toBe(4400);
  expect(reason.toString()).toBe("bad-handshake limit=16384");
});

test("a hello of exactly the limit is read in parts as well, with a ping between them", async () => {
  const client = (await ask(await listen(), {})).client;
  const said = helloOf("1.0.0");
  const hello = `${said.slice(0, -1)}${" ".repeat(16_384 - said.length)}}`;
  client.write(clientFrame(hello.slice(0, -1), { fin: false }));
  client.write(clientFrame("still there?", { opcode: opcode.ping }));
  await client.frame(); // the pong: all of that was taken in
  client.write(clientFrame(hello.slice(-1), { opcode: 0 }));

  expect(closeOf(await client.frames()).code).toBe(4426); // below the floor, so it was read
});

test("a hello with early data behind it in one packet is not mistaken for a large one", async () => {
  const client = (await ask(await listen(), {})).client;
  // Forty frames of an unknown ignorable kind, 1 KiB each: [64, 0, bytes].
  const early = Buffer.concat([
    Uint8Array.of(0x93, 0x40, 0x00, 0xc5, 0x04, 0x00),
    new Uint8Array(1_024),
  ]);
  const frames = Array.from({ length: 40 }, () => clientFrame(early, { opcode: 2 }));
  client.write(Buffer.concat([clientFrame(helloOf("3.0.0")), ...frames]));

  expect((await client.frame()).payload.toString()).toContain('"concordat":"welcome"');
});
