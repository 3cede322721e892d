/** Upgrades as runtimes of the `fetch` kind ask for them: with a standard request. */
import { memoryTransports } from "@concordat/testing";
import { describe, expect, test } from "vitest";

import { createServer, implement, type ServerOptions } from "../../src/portable.ts";
import { libraryStage } from "../fixture/librarian.ts";
import { answerTo } from "../fixture/stage.ts";
import { shop, shopHandlers } from "../fixture/shop.ts";

function request(headers: Record<string, string>): Request {
  return new Request("https://api.example/rpc", {
    headers: { "Sec-WebSocket-Protocol": "concordat.v1, shop.unreleased", ...headers },
  });
}

function shopServer(options: Partial<ServerOptions> = {}): ReturnType<typeof createServer> {
  const services = [implement(shop, { handlers: shopHandlers({}) })];
  return createServer({ services, log: () => undefined, ...options });
}

const hello = JSON.stringify({ concordat: "hello", wire: [1], encodings: ["msgpack"] });

test("a request without our subprotocol is answered in plain text with what to offer", () => {
  const answer = shopServer().upgrade(request({ "Sec-WebSocket-Protocol": "chat" }));

  expect(answer).toEqual({
    status: 400,
    headers: { "Content-Type": "text/plain; charset=utf-8" },
    body: "Offer the subprotocol concordat.v1 in Sec-WebSocket-Protocol.\n",
  });
});

test("a page of another host is let in to be told that it may not connect", async () => {
  const answer = shopServer().upgrade(
    request({ Origin: "https://evil.example", Host: "api.example" }),
  );
  if (answer.status !== 101) throw new Error("It was refused before it could be told.");
  expect(answer.protocol).toBe("concordat.v1");
  const [near, far] = memoryTransports();
  answer.accept(far);

  expect(await answerTo(near, [hello])).toMatchObject({ code: 4403 });
});

describe("a program whose release is refused", () => {
  const tooOld = request({ "Sec-WebSocket-Protocol": "concordat.v1, library.1.1.0" });
  const notices = {
    "1.1.0": { deprecated: "1970-01-01", sunset: "1970-01-01", url: "https://example.org/why" },
  };

  test("is told by HTTP, in words for people and in headers for tools, and is counted", () => {
    const { server } = libraryStage({
      floor: "2.0.0",
      notices,
      upgradeUrl: "https://example.org/new",
      options: { refuseAt: "upgrade" },
    });
    const answer = server.upgrade(tooOld);
    if (answer.status === 101) throw new Error("It was let in.");

    expect(answer).toMatchObject({
      status: 426,
      headers: {
        Upgrade: "websocket",
        "Content-Type": "application/problem+json",
        Deprecation: "@0",
        Sunset: "Thu, 01 Jan 1970 00:00:00 GMT",
        Link: expect.stringContaining('<https://example.org/new>; rel="successor-version"'),
      },
    });
    expect(JSON.parse(answer.body)).toMatchObject({
      type: "urn:concordat:client-too-old",
      status: 426,
      upgradeUrl: "https://example.org/new",
    });
    expect(server.fleet().refusals).toMatchObject([
      { contract: "library", release: "1.1.0", client: "", reason: "client-too-old", total: 1 },
    ]);
  });

  test("is told so too where the whole contract was withdrawn", () => {
    const { server } = libraryStage({ options: { refuseAt: "upgrade" } });
    server.retire("library", { withinMs: 0, message: "We have closed." });
    const answer = server.upgrade(
      request({ "Sec-WebSocket-Protocol": "concordat.v1, library.3.0.0" }),
    );
    if (answer.status === 101) throw new Error("It was let in.");

    expect(JSON.parse(answer.body)).toMatchObject({ type: "urn:concordat:contract-retired" });
  });

  test("is let in to hear it where it may be a page, which reads no such answer", () => {
    const options = { refuseAt: "upgrade" } as const;
    const page = libraryStage({ floor: "2.0.0", options }).server.upgrade(
      request({
        "Sec-WebSocket-Protocol": "concordat.v1, library.1.1.0",
        Host: "api.example",
        Origin: "https://api.example",
      }),
    );

    expect(page.status).toBe(101);
    expect(libraryStage({ floor: "2.0.0" }).server.upgrade(tooOld).status).toBe(101);
  });
});

test("headers and the address reach the one who authenticates", async () => {
  const seen: unknown[] = [];
  const server = shopServer({
    authenticate({ headers, address, origin }) {
      seen.push(headers.get("cookie"), address, origin);
      throw new Error("enough seen");
    },
  });
  const origin = "https://api.example:8443";
  const headers = { Cookie: "id=7", Host: "api.example", Origin: origin };
  const answer = server.upgrade(request(headers), "192.0.2.1");
  if (answer.status !== 101) throw new Error("It was refused.");
  const [near, far] = memoryTransports();
  answer.accept(far);

  expect(await answerTo(near, [hello])).toMatchObject({ code: 4500 });
  expect(seen).toEqual(["id=7", "192.0.2.1", origin]);
});

test("too many clients that have not been let in yet are told to come again", () => {
  const server = shopServer({ limits: { handshakes: 1 } });
  const first = server.upgrade(request({}));
  if (first.status !== 101) throw new Error("It was refused.");
  first.accept(memoryTransports()[1]);

  expect(server.upgrade(request({}))).toMatchObject({
    status: 503,
    headers: { "Retry-After": "1" },
  });
});
