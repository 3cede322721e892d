/** Asking a running server what it speaks. */
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { once } from "node:events";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import type { Deprecation, Draft, ReleaseDocument } from "@concordat/core";
import { readableJson } from "@concordat/core/internal";
import { ConcordatError, createServer, implement, type ServerOptions } from "@concordat/server";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";

import { shakeHands } from "../../src/inspect/ws-handshake.ts";
import { emptyFolder } from "../project-folder.ts";
import { draftWith, releaseAfter, requestWith } from "../release-history.ts";

const closing: (() => unknown)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const draft: Draft = draftWith(requestWith("sku"));
const first = releaseAfter(undefined, "1.0.0", draft);
const second = releaseAfter(first, "1.1.0", draftWith(requestWith("sku", "note?")));
const third = releaseAfter(second, "1.2.0", draftWith(requestWith("sku", "note?", "gift?")));
const history: readonly ReleaseDocument[] = [first, second, third];
const notice = { sunset: "2099-01-01", message: "Update\u001b[2J please." };

/** Serves three releases from 1.1.0 on, or says why none is served any more. */
async function served(
  options: Partial<ServerOptions> = {},
  retirement?: Deprecation,
): Promise<string> {
  const handlers = { place: () => "done" };
  const service = implement<typeof handlers>(
    { name: "orders", history },
    {
      handlers,
      floor: "1.1.0",
      notices: { "1.1.0": notice },
      upgradeUrl: "https://shop.example/",
      ...(retirement === undefined ? {} : { retirement }),
    },
  );
  const server = createServer({
    services: [service],
    name: "shop",
    build: "b7",
    log: () => undefined,
    inspect: "on",
    ...options,
  });
  const port = await server.listen(0, { host: "127.0.0.1" });
  closing.push(() => server.close({ withinMs: 1 }));
  return `ws://127.0.0.1:${port}/`;
}

async function listening(server: HttpServer | ReturnType<typeof createTcpServer>): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close());
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`; // it listens on a port
}

/** A server of WebSockets that is no Concordat. */
async function createWebSocketServer(greet: (socket: WebSocket) => void): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  server.on("connection", greet);
  await once(server, "listening");
  closing.push(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`; // it listens on a port
}

describe("inspect", () => {
  test("prints contracts, range, notices and limits, and lets nothing steer the terminal", async () => {
    const url = await served();
    const folder = await emptyFolder();
    const { exitCode, stdout, stderr } = await folder.run("inspect", url);

    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(`${url}: shop b7, wire revision 1, positional`);
    expect(stdout).toContain("orders: 1.1.0 to 1.2.0");
    expect(stdout).toContain("  1.1.0: served until 2099-01-01, Update\\u001b[2J please.");
    expect(stdout).toContain("those who are refused are sent to https://shop.example/");
    expect(stdout).toContain("messageBytes 1048576");
  });

  test("names the only release that is served once, and not as a range", async () => {
    const handlers = { place: () => "done" };
    const service = implement<typeof handlers>({ name: "orders", history: [first] }, { handlers });
    const server = createServer({ services: [service], log: () => undefined, inspect: "on" });
    const port = await server.listen(0, { host: "127.0.0.1" });
    closing.push(() => server.close({ withinMs: 1 }));
    const folder = await emptyFolder();
    const { stdout } = await folder.run("inspect", `ws://127.0.0.1:${port}/`);

    expect(stdout).toMatch(/^orders: 1\.0\.0$/m);
  });

  test("says the same as JSON, with every release and its fingerprint", async () => {
    const url = await served();
    const folder = await emptyFolder();
    const { stdout } = await folder.run("inspect", url, "--format", "json");

    expect(JSON.parse(stdout)).toMatchObject({
      url,
      server: { name: "shop", build: "b7" },
      wire: 1,
      contracts: [
        {
          name: "orders",
          floor: "1.1.0",
          newest: "1.2.0",
          isRetired: false,
          releases: [
            { release: "1.0.0", fingerprint: first.fingerprint },
            { release: "1.1.0", fingerprint: second.fingerprint, notice },
            { release: "1.2.0", fingerprint: third.fingerprint },
          ],
        },
      ],
    });
  });

  test("is answered after the same authentication as every client", async () => {
    const url = await served({
      authenticate({ credentials }) {
        if (credentials !== "s3cret") throw new ConcordatError("unauthenticated", "Who is there?");
        return "operator";
      },
      inspect: ({ principal }) => principal === "operator",
    });
    const folder = await emptyFolder();
    await folder.write("auth.json", '"s3cret"');
    const denied = await folder.run("inspect", url);
    const allowed = await folder.run("inspect", url, "--auth", "auth.json");

    expect(denied.exitCode).toBe(2);
    expect(denied.stderr).toContain("refuses with 4401 (unauthenticated): Who is there?");
    expect(allowed.exitCode).toBe(0);
  });

  test("of a page that may not connect says so, and not that --as would be let in", async () => {
    const folder = await emptyFolder();
    const origin = "Origin: https://elsewhere.example";
    const { exitCode, stderr } = await folder.run("inspect", await served(), "--header", origin);

    expect(exitCode).toBe(2);
    expect(stderr).toContain("Pages of this origin may not connect");
    expect(stderr).not.toContain("needs no permission");
  });

  test.each<[string, ServerOptions["inspect"] | "default"]>([
    ["by default", "default"],
    ["where it was told so", "off"],
    ["to those whom the function does not want", () => false],
    ["where the function fails", () => JSON.parse("{")],
  ])("is not answered %s: no name of a contract leaves", async (_when, inspect) => {
    const url = await served(
      inspect === "default" ? { inspect: "off" } : { inspect: inspect ?? "off" },
    );
    const folder = await emptyFolder();
    const { exitCode, stdout, stderr } = await folder.run("inspect", url);

    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("is a Concordat server and does not say what it speaks");
    expect(stderr).not.toContain("orders");
  });

  test("shows only the contracts that the operator allows", async () => {
    const url = await served({ inspect: () => ["museum"] });
    const folder = await emptyFolder();
    const { stdout } = await folder.run("inspect", url);

    expect(stdout).toContain("It shows no contract to this caller.");
    expect(stdout).not.toContain("orders");
  });
});

describe("inspect --as", () => {
  test.each([
    ["1.2.0", 0, "would be let in, and speak 1.2.0."],
    ["1.1.0", 0, "It would hear: served until 2099-01-01, Update\\u001b[2J please.\n"],
    ["1.1.0", 0, "The newest release here is 1.2.0."],
  ])("says that %s would be let in", async (release, status, says) => {
    const folder = await emptyFolder();
    const { exitCode, stdout } = await folder.run(
      "inspect",
      await served(),
      "--as",
      `orders@${release}`,
    );

    expect(exitCode).toBe(status);
    expect(stdout).toContain(says);
  });

  test("says that a release below the floor would be refused, who must move, and where its users go", async () => {
    const folder = await emptyFolder();
    const url = await served();
    const text = await folder.run("inspect", url, "--as", "orders@1.0.0");
    const json = await folder.run("inspect", url, "--as", "orders@1.0.0", "--format", "json");

    expect(text.exitCode).toBe(1);
    expect(text.stderr).toContain(
      "A client of orders 1.0.0 would be refused with 4426 (client-too-old)",
    );
    expect(text.stderr).toContain("The client has to be updated.");
    expect(text.stderr).toContain("https://shop.example/");
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      isAccepted: false,
      refusal: { closeCode: 4426, mustMove: "client", supported: { floor: "1.1.0" } },
    });
  });

  test("says that a contract was withdrawn, which is about releases too", async () => {
    const folder = await emptyFolder();
    const url = await served({}, { message: "We have closed." });
    const { exitCode, stderr } = await folder.run("inspect", url, "--as", "orders@1.2.0");

    expect(exitCode).toBe(1);
    expect(stderr).toContain("refused with 4410 (contract-retired)");
    expect(stderr).toContain("We have closed.");
  });

  test("says nothing of releases where it is the caller that may not connect", async () => {
    const folder = await emptyFolder();
    await folder.write("concordat.config.json", {});
    await folder.write("contracts/orders/1.0.0.json", readableJson(first));
    const { exitCode, stderr } = await folder.run(
      "inspect",
      await served(),
      "--as",
      "orders@1.0.0",
      "--header",
      "Origin: https://evil.example",
    );

    expect(exitCode).toBe(2);
    expect(stderr).toContain("refuses with 4403 (forbidden)");
  });

  test("learns the same from a server that refuses at the upgrade", async () => {
    const folder = await emptyFolder();
    const url = await served({ refuseAt: "upgrade" });
    const { exitCode, stderr } = await folder.run("inspect", url, "--as", "orders@1.0.0");

    expect(exitCode).toBe(1);
    expect(stderr).toContain("refused with 4426");
  });

  test("takes the fingerprint from the project, and needs no permission then", async () => {
    const folder = await emptyFolder();
    await folder.write("concordat.config.json", {});
    for (const each of history)
      await folder.write(`contracts/orders/${each.release}.json`, readableJson(each));
    const url = await served({ inspect: "off" });

    expect((await folder.run("inspect", url, "--as", "orders@1.2.0")).exitCode).toBe(0);
  });

  test("says where nobody knows the release", async () => {
    const folder = await emptyFolder();
    const asked = await folder.run("inspect", await served(), "--as", "orders@9.0.0");
    const mute = await folder.run(
      "inspect",
      await served({ inspect: "off" }),
      "--as",
      "orders@1.2.0",
    );

    expect([asked.exitCode, mute.exitCode]).toEqual([2, 2]);
    expect(asked.stderr).toContain("and the server does not show it");
    expect(mute.stderr).toContain("and the server may not be asked");
  });
});

describe("a handshake that is left in the middle", () => {
  const asked = { protocols: ["concordat.1"], headers: {}, hello: "{}" };

  test("is a refusal where one was said, also without a close", async () => {
    const refusal = { concordat: "reject", code: 4426 };
    const url = await createWebSocketServer((socket) => {
      socket.send(JSON.stringify(refusal));
    });

    expect(await shakeHands({ ...asked, url, timeoutMs: 300 })).toMatchObject({
      kind: "refused",
      refusal: { closeCode: 4426 },
    });
  });

  test("ends where the answer is cut off, and says what came", async () => {
    const server = createHttpServer().on("upgrade", (_request, socket) => {
      const head = "HTTP/1.1 426 Upgrade Required\r\ncontent-type: application/problem+json";
      socket.write(`${head}\r\ncontent-length: 100\r\n\r\n{`, () => socket.destroy());
    });
    const url = await listening(server);

    expect(await shakeHands({ ...asked, url, timeoutMs: 30_000 })).toEqual({
      kind: "stranger",
      reason: "it answers the upgrade with HTTP 426",
    });
  });
});

describe("inspect ends with status 2 for", () => {
  test.each([
    ["nowhere", "is no address"],
    ["https://api.example/rpc", "write wss://api.example/rpc"],
    ["ftp://api.example/", "write ws: or wss:"],
    ["ws://127.0.0.1:9/", "cannot be reached"],
    ["ws://127.0.0.1:9/#x", "has a fragment"],
  ])("%s", async (url, says) => {
    const folder = await emptyFolder();
    const { exitCode, stderr } = await folder.run("inspect", url);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });

  test("a web server, a server of something else, and one that hangs up", async () => {
    const web = await listening(createHttpServer((_request, response) => response.end("hello")));
    const other = await listening(createTcpServer((socket) => socket.end("220 mail\r\n")));
    const mute = await listening(createTcpServer((socket) => socket.destroy()));
    const folder = await emptyFolder();
    for (const url of [web, other, mute]) {
      const { exitCode, stderr } = await folder.run("inspect", url);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/does not speak Concordat at this path|cannot be reached/);
    }
    expect((await folder.run("inspect", other)).stderr).toContain("does not speak Concordat");
  });

  test("a server that is full, which does speak Concordat", async () => {
    const url = await served({ limits: { connections: 1 } });
    const only = new WebSocket(url, "concordat.v1");
    closing.push(() => only.terminate());
    await once(only, "open");
    const folder = await emptyFolder();
    const { exitCode, stderr } = await folder.run("inspect", url, "--as", "orders@1.2.0");

    expect(exitCode).toBe(2);
    expect(stderr).toContain("lets nobody in at the moment: it answers the upgrade with HTTP 503.");
  });

  test.each([502, 504])("a proxy without a server: HTTP %d", async (status) => {
    const proxy = createHttpServer((_request, response) =>
      response.writeHead(status).end("<html>"),
    );
    const folder = await emptyFolder();
    const { exitCode, stderr } = await folder.run("inspect", await listening(proxy));

    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      `lets nobody in at the moment: it answers the upgrade with HTTP ${status}.`,
    );
  });

  test("one that answers with more than any welcome has", async () => {
    const much = createWebSocketServer((socket) => socket.send("x".repeat(2_000_000)));
    const folder = await emptyFolder();
    const { exitCode, stderr } = await folder.run("inspect", await much);

    expect(exitCode).toBe(2);
    expect(stderr).toContain("does not speak Concordat at this path: Max payload size exceeded");
  });

  test.each([
    [["--header", "a: b\r\nc: d"], "is no header"],
    [["--as", "orders"], "is no release"],
    [["--as", "orders@1.0.0@old"], '--as "orders@1.0.0@old" is no release: write it as'],
    [["--as", "@1.0.0"], '--as "@1.0.0" is no release: write it as'],
    [["--auth", "missing.json"], "missing.json"],
  ])("%j", async (words, says) => {
    const folder = await emptyFolder();
    const { exitCode, stderr } = await folder.run("inspect", "ws://127.0.0.1:9/", ...words);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(says);
  });
});
