/** What a client is made of, and what is said where it cannot be made. */
import { settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";
import { reservedKeys } from "../src/client.ts";
import { type ClientOptions, type ContractMap, createClient, optional } from "../src/index.ts";
import { order, shop } from "./fixture/shop.ts";
import { ignore, outcomeOf, stage } from "./fixture/stage.ts";

class Unused {
  binaryType = "";
  bufferedAmount = 0;
  readonly send = (): void => undefined;
  readonly close = (): void => undefined;
  readonly addEventListener = (): void => undefined;
  readonly removeEventListener = (): void => undefined;
}

/** Made of keys that no compiler has seen. */
function make(contracts: ContractMap): unknown {
  return createClient({ url: "ws://x", WebSocket: Unused, contracts });
}

describe.each(reservedKeys)("a contract under the key %s", (key) => {
  test("is refused with a sentence that says to choose another", () => {
    expect(() => make({ [key]: shop })).toThrow(
      `The contract shop cannot be called "${key}" on the client`,
    );
  });
});

// A server stub has a history and no procedures; an import that went wrong is nothing at all.
test.each([
  ["a server stub", { name: "orders", history: [] }],
  ["nothing", undefined],
])("what is no contract of a client is refused by its key: %s", (_, given) => {
  const contracts = Object.fromEntries([["orders", given]]) as unknown as ContractMap; // no compiler has seen it

  expect(() => make(contracts)).toThrow(
    expect.objectContaining({
      code: "invalid_argument",
      message: expect.stringContaining("contracts.orders is no client stub"),
    }),
  );
});

test("one contract under two keys is refused: a connection speaks one release of it", () => {
  expect(() => make({ shop, again: optional(shop) })).toThrow(/shop is given twice/);
});

test("a limit that is none is refused when the client is made", () => {
  const limits = { messageBytes: 0 };

  expect(() =>
    createClient({ url: "ws://x", WebSocket: Unused, contracts: { shop }, limits }),
  ).toThrow(RangeError);
});

/** As JavaScript gives it, where no compiler looks. */
function plain(given: unknown): never {
  return given as never; // each test says what becomes of it
}

const wrongNumbers: readonly [Partial<ClientOptions>, string][] = [
  [{ dialTimeoutMs: plain("50") }, "The option dialTimeoutMs is 50; give a number from 0 on."],
  [{ dialTimeoutMs: plain(50n) }, "The option dialTimeoutMs is 50; give a number from 0 on."],
  [{ dialTimeoutMs: NaN }, "The option dialTimeoutMs is NaN; give a number from 0 on."],
  [{ serverOutdatedAfterMs: -1 }, "The option serverOutdatedAfterMs is -1;"],
  [{ backoff: { firstMs: NaN } }, "The option backoff.firstMs is NaN;"],
  [{ retry: { attempts: NaN } }, "The option retry.attempts is NaN;"],
  [{ calls: { "shop/": { retry: { capMs: -5 } } } }, "The option retry.capMs is -5;"],
];

test.each(wrongNumbers)("a number that is none is refused by its name: %o", (given, message) => {
  expect(() => stage(given)).toThrow(
    expect.objectContaining({
      code: "invalid_argument",
      message: expect.stringContaining(message),
    }),
  );
});

test.each([[null], [() => undefined], [{}]])(
  "interceptors of %s are refused: none would run",
  (given) => {
    expect(() => stage({ interceptors: plain(given) })).toThrow("interceptors is no list");
  },
);

test("a number that is left open with undefined is the default", async () => {
  // What a program without `exactOptionalPropertyTypes` may say.
  const open = { firstMs: undefined, capMs: undefined } as never;
  const { upgrade, untilDial, client } = stage({ backoff: open });
  client.connect().catch(ignore);
  (await upgrade()).fail();

  expect(await untilDial()).toBe(500);
});

test("groups nest as the names of procedures do, and hold nothing else", () => {
  const { client } = stage();

  expect(Object.keys(client.shop)).toEqual(["place", "stock", "watch"]);
  expect(Object.keys(client.shop.stock)).toEqual(["add", "chat"]);
  expect("toString" in client.shop).toBe(false);
  expect("then" in client.shop).toBe(false);
});

test("a client can be awaited, returned and logged without being called", async () => {
  const { client, upgrades } = stage();
  const same = await Promise.resolve(client);
  await settle();

  expect(same).toBe(client);
  expect(JSON.stringify(client)).toContain('"state":"idle"');
  expect(upgrades).toHaveLength(0);
});

test("a call without a connection, and a malformed one, reject: no call ever throws", async () => {
  const { client } = stage();
  await client.close();
  const calls = [
    // What a caller in JavaScript might do.
    () => client.shop.place({ sku: Symbol("x") } as never),
    // As above.
    () => client.shop.stock.add(null as never),
  ];
  for (const call of calls) {
    const promise = call();
    expect(promise).toBeInstanceOf(Promise);
    expect(await outcomeOf(promise)).toMatchObject({ name: "ConcordatError" });
  }
});

test("releases are known while connected, and only then", async () => {
  const { client, welcome } = stage();
  expect([...client.releases]).toEqual([]);
  const connected = client.connect();
  await welcome();
  await connected;
  expect([...client.releases]).toEqual([["shop", "unreleased"]]);
  await client.close();

  expect([...client.releases]).toEqual([]);
});

test("releases are the same object as long as nothing has changed, so that a page's framework can compare them", async () => {
  const { client, welcome } = stage();
  expect(client.releases).toBe(client.releases);
  const connected = client.connect();
  await welcome();
  await connected;

  expect(client.releases).toBe(client.releases);
});

test("connect() may be asked for as often as one likes while there is no server: calls still have their room", async () => {
  const { client, upgrade, welcome } = stage({ limits: { callsInFlight: 2 } });
  const asked = Array.from({ length: 3 }, () => client.connect());
  (await upgrade()).fail();
  await settle();
  const answer = client.shop.place(order);
  expect(await outcomeOf(answer)).toBe("pending");
  const last = client.connect();
  const peer = await welcome();
  await Promise.all([...asked, last]);
  peer.respond(1, { id: "o-1" });

  expect(await answer).toEqual({ id: "o-1" });
});

test("connect() right behind a close() is a new one", async () => {
  const { client, upgrade, welcome } = stage();
  const first = client.connect().catch((error: unknown) => error);
  await upgrade();
  const closed = client.close();
  const second = client.connect();
  await closed;
  await welcome();
  await second;

  expect(await first).toMatchObject({ code: "cancelled" });
  expect(client.state).toBe("ready");
});
