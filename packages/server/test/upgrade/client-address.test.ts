/** Behind proxies the client's address is what the trusted ones say, and never what the client does. */
import { memoryTransports } from "@concordat/testing";
import { expect, test } from "vitest";

import { createServer } from "../../src/portable.ts";
import { clientAddress } from "../../src/upgrade/client-address.ts";
import { answerTo } from "../fixture/stage.ts";

test.each([
  ["without a trusted proxy the header is not looked at", 0, "203.0.113.9", "10.0.0.1"],
  ["one proxy: the last entry", 1, "6.6.6.6, 203.0.113.9", "203.0.113.9"],
  ["two proxies: the last entry but one", 2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"],
  ["fewer entries than proxies: the first", 3, "203.0.113.9, 10.0.0.2", "203.0.113.9"],
  ["no header: the other end of the socket", 1, null, "10.0.0.1"],
  ["an empty header: the same", 1, " , ", "10.0.0.1"],
  ["a port is no part of an address", 1, "203.0.113.9:5123", "203.0.113.9"],
  ["nor are the brackets of IPv6", 1, "[2001:db8::9]:443", "2001:db8::9"],
  ["an IPv6 address without them stays", 1, "2001:db8::9", "2001:db8::9"],
])("%s", (_what, trustedProxies, forwarded, address) => {
  expect(clientAddress("10.0.0.1", forwarded, trustedProxies)).toBe(address);
});

test("one client behind a trusted proxy is not counted for the others", async () => {
  const server = createServer({
    services: [],
    log: () => undefined,
    trustedProxies: 1,
    limits: { connectionsPerAddress: 1 },
  });
  const hello = JSON.stringify({ concordat: "hello", wire: [99], encodings: ["msgpack"] });
  const connect = (from: string): ReturnType<typeof answerTo> => {
    const headers = { "Sec-WebSocket-Protocol": "concordat.v1", "X-Forwarded-For": from };
    const answer = server.upgrade(new Request("https://api.example", { headers }), "10.0.0.1");
    if (answer.status !== 101) throw new Error("It was refused.");
    const [near, far] = memoryTransports();
    answer.accept(far);
    return answerTo(near, [hello]);
  };
  const answers = await Promise.all(["203.0.113.1", "203.0.113.1", "203.0.113.2"].map(connect));

  expect(answers.map(({ code }) => code)).toEqual([4427, 4529, 4427]);
});
