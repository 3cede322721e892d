/** A client that was written from the documents alone calls and streams against the real server, and is refused by it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CallError, Closed, connect, type Connection } from "../client/minimal-client.js";
import { fromGolden, toGolden, values } from "./golden-list.ts";
import { aborted, type Listening, news, offer, ordersServer } from "./orders-server.ts";

let listening: Listening;
let connection: Connection;

const newest = [{ name: "orders", offers: [offer("1.2.0")] }];

beforeAll(async () => {
  listening = await ordersServer();
  connection = await connect(listening.url, { contracts: newest });
});

afterAll(async () => {
  connection.close();
  await listening.server.close({ withinMs: 1 });
});

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const collected: unknown[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function refusalOf(
  given: Parameters<typeof connect>[1],
  url = listening.url,
): Promise<Closed> {
  const error: unknown = await connect(url, given).then(
    () => "welcomed",
    (reason: unknown) => reason,
  );
  if (error instanceof Closed) return error;
  throw new Error("it was not refused", { cause: error });
}

test("notifications go both ways, many windows of them", async () => {
  const talking = await connect(listening.url, {
    contracts: [{ name: "news", offers: news.offers }],
  });
  const heard: unknown[] = [];
  const told = Array.from({ length: 3_000 }, (_, at) => `o-${at}-${"x".repeat(at % 200)}`);
  const all = new Promise<void>((resolve) => {
    talking.on("news/changed", (message) => {
      heard.push(message);
      if (heard.length === told.length) resolve();
    });
  });
  for (const text of told) {
    while (talking.notificationCredit <= 0) await new Promise(setImmediate);
    talking.notify("news/seen", text);
  }
  await all;
  talking.close();

  expect(heard).toEqual(told.map((text) => text.toUpperCase()));
});

describe("calls", () => {
  test("a request is answered, without what the contract does not declare", async () => {
    expect(await connection.unary("orders/place", { sku: "A-1", quantity: 2, more: 1 })).toEqual({
      id: "o-A-1-2",
    });
  });

  test("a stream brings its items in order, many windows of them", async () => {
    const items = await collect(
      connection.serverStream("orders/watch", { count: 200, bytes: 300 }),
    );

    expect(items).toEqual(Array.from({ length: 200 }, (_, at) => ({ at, text: "x".repeat(300) })));
  });

  test("several streams share the connection, and one that is larger than its window goes through", async () => {
    const [many, large] = await Promise.all([
      collect(connection.serverStream("orders/watch", { count: 50, bytes: 500 })),
      collect(connection.serverStream("orders/watch", { count: 3, bytes: 9_000 })),
    ]);

    expect([many.length, large.length]).toEqual([50, 3]);
  });

  test("a client streams more than the server's window", async () => {
    const texts = Array.from({ length: 100 }, () => "y".repeat(10_000));

    expect(await connection.clientStream("orders/upload", texts)).toBe(1_000_000);
  });

  test("both stream at once", async () => {
    expect(await collect(connection.bidiStream("orders/chat", ["a", "b", "c"]))).toEqual([
      "A",
      "B",
      "C",
    ]);
  });

  test("a stream that its reader leaves is given up, and the connection goes on", async () => {
    for await (const item of connection.serverStream("orders/watch", { count: 1e6, bytes: 400 })) {
      expect(item).toMatchObject({ at: 0 });
      break;
    }

    expect(await connection.unary("orders/place", { sku: "B", quantity: 1 })).toEqual({
      id: "o-B-1",
    });
  });
});

describe("values", () => {
  test.each(values)("$name comes back as it went", async ({ value }) => {
    const answer = await connection.unary("orders/mirror", fromGolden(value));

    expect(toGolden(answer)).toEqual(value);
  });
});

describe("errors", () => {
  test("of the contract arrive with code, detail and hint", async () => {
    const call = connection.unary("orders/place", { sku: "A-0", quantity: 1 });

    await expect(call).rejects.toMatchObject({
      code: "failed_precondition",
      message: "Sold out.",
      detail: { name: "out_of_stock", value: { left: 0 } },
      retryAfterMs: 60_000,
    });
  });

  test.each<readonly [procedure: string, request: unknown, code: string]>([
    ["orders/place", { sku: 1 }, "invalid_argument"],
    ["orders/nothing", {}, "unimplemented"],
    ["orders/__proto__", {}, "unimplemented"],
    ["nobody/place", {}, "unimplemented"],
    ["orders", {}, "unimplemented"],
    ["", {}, "unimplemented"],
  ])("%s with %j fails alone", async (procedure, request, code) => {
    await expect(connection.unary(procedure, request)).rejects.toMatchObject({ code });
    await expect(connection.unary("orders/mirror", 1)).resolves.toBe(1);
  });

  test("a deadline ends the call on both sides", async () => {
    const before = aborted.length;

    await expect(connection.unary("orders/hang", {}, { timeoutMs: 30 })).rejects.toMatchObject({
      code: "deadline_exceeded",
    });
    await expect.poll(() => aborted.length).toBe(before + 1);
  });

  test("a caller that gives up reaches the handler", async () => {
    const before = aborted.length;
    const control = new AbortController();
    const call = connection.unary("orders/hang", {}, { signal: control.signal });
    control.abort();

    await expect(call).rejects.toBeInstanceOf(CallError);
    await expect.poll(() => aborted.length).toBe(before + 1);
  });
});

describe("negotiation", () => {
  test("an older release that is served is picked, begin is said, and its notice is there", async () => {
    const contracts = [{ name: "orders", offers: [offer("2.0.0"), offer("1.1.0")] }];
    const old = await connect(listening.url, { contracts });

    expect(old.welcome).toMatchObject({
      early: "discarded",
      contracts: [{ name: "orders", release: "1.1.0", notice: { sunset: "2027-01-31" } }],
    });
    expect(await old.unary("orders/place", { sku: "A", quantity: 1 })).toEqual({ id: "o-A-1" });
    await expect(old.clientStream("orders/upload", ["a"])).rejects.toMatchObject({
      code: "unimplemented",
    });
    old.close();
  });

  test("an optional contract that nobody serves is absent", async () => {
    const contracts = [...newest, { name: "chat", offers: [offer("1.0.0")], optional: true }];
    const both = await connect(listening.url, { contracts });

    expect(both.welcome).toMatchObject({ contracts: [{}, { absent: "unknown-contract" }] });
    expect(await both.unary("orders/mirror", "x")).toBe("x");
    both.close();
  });

  test.each<readonly [who: string, given: Parameters<typeof connect>[1], expected: object]>([
    [
      "a client that is too old",
      { contracts: [{ name: "orders", offers: [offer("1.0.0")] }] },
      { code: 4426, mustMove: "client", floor: "1.1.0", newest: "1.2.0", isUpgradeRequired: true },
    ],
    [
      "a client that is too new",
      { contracts: [{ name: "orders", offers: [offer("9.0.0")] }] },
      { code: 4526, mustMove: "server", newest: "1.2.0", isTerminal: false },
    ],
    [
      "an edited release",
      { contracts: [{ name: "orders", offers: [{ ...offer("9.9.9"), release: "1.2.0" }] }] },
      { code: 4412, isTerminal: true, isUpgradeRequired: false },
    ],
    [
      "an unknown contract",
      { contracts: [{ name: "chat", offers: [offer("1.0.0")] }] },
      { code: 4404, contract: "chat", isTerminal: true },
    ],
    ["wrong credentials", { contracts: newest, auth: "wrong" }, { code: 4401, isTerminal: true }],
    ["a client that offers nothing", { contracts: [] }, { code: 4426, isUpgradeRequired: true }],
  ])("%s is refused in words", async (_who, given, expected) => {
    const refusal = await refusalOf(given);

    expect(refusal).toMatchObject(expected);
    expect(refusal.message).toMatch(/\.$/);
  });

  test("a client that is too old is refused by HTTP 426 where the server was told so, with the same facts", async () => {
    const upgrading = await ordersServer({ refuseAt: "upgrade" });
    const contracts = [{ name: "orders", offers: [offer("1.0.0")] }];
    const refusal = await refusalOf({ contracts }, upgrading.url);
    await upgrading.server.close({ withinMs: 1 });

    expect(refusal).toMatchObject({
      code: 4426,
      mustMove: "client",
      floor: "1.1.0",
      newest: "1.2.0",
      isUpgradeRequired: true,
    });
  });
});

test("calls under way fail when the server goes away, and the connection says why", async () => {
  const going = await ordersServer();
  const client = await connect(going.url, { contracts: newest });
  const call = client.unary("orders/hang", {});
  call.catch(() => undefined);
  await expect.poll(() => going.server.load.calls).toBe(1);
  await going.server.close({ withinMs: 1 });

  await expect(call).rejects.toMatchObject({
    code: "unavailable",
    message: expect.stringContaining("4503"),
  });
});
