/** What the golden lists say is refused or tolerated, said to a real server. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refused, tolerated } from "./golden-list.ts";
import { fromHex } from "./hex.ts";
import { type Listening, ordersServer } from "./orders-server.ts";
import { RawClient } from "./raw-client.ts";

let listening: Listening;

beforeAll(async () => {
  listening = await ordersServer();
});

afterAll(() => listening.server.close({ withinMs: 1 }));

describe("is refused with 4522, and the server lives", () => {
  test.each(refused)("$name", async ({ bytes, times }) => {
    const client = await RawClient.open(listening.url);
    client.send(fromHex(bytes, times));

    expect(await client.closed).toEqual({ code: 4522, reason: "protocol-violation" });
    const next = await RawClient.open(listening.url);
    next.send(fromHex("93 08 00 07"));
    expect(await next.bytes(4)).toBe("93 09 00 07");
    next.close();
  });
});

describe("is tolerated", () => {
  test.each(tolerated)("$name", async ({ bytes, answer = "" }) => {
    const client = await RawClient.open(listening.url);
    client.send(fromHex(bytes));

    expect(await client.bytes(fromHex(answer).length)).toBe(answer);
    client.close();
  });
});
