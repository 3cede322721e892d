/** Upgrades as runtimes of the `fetch` kind ask for them: with a standard request. */
import { memoryTransports } from "@concordat/testing";
import { expect, test } from "vitest";

import { createServer, implement, type ServerOptions } from "../src/portable.ts";
import { answerTo } from "./fixture/stage.ts";
import { shop, shopHandlers } from "./fixture/shop.ts";

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
