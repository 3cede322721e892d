/** How a conversation begins: hello, early data, welcome. */
import { limitRules } from "@concordat/core";
import { settle } from "@concordat/testing";
import { expect, test } from "vitest";
import { optional } from "../../src/index.ts";
import { order, shop } from "../fixture/shop.ts";
import { ignore, outcomeOf, stage } from "../fixture/stage.ts";

test("a client dials at its first call, and says hello, offers and call before it is answered", async () => {
  const { client, states, upgrades, upgrade, accept } = stage({ name: "till", version: "7" });
  await settle();
  expect(upgrades).toHaveLength(0);

  const answer = client.shop.place(order);
  const peer = await accept();

  expect(upgrades[0]?.protocols).toEqual(["concordat.v1", "shop.unreleased"]);
  expect(peer.hello.client).toEqual({ name: "till", version: "7" });
  expect(peer.hello.contracts).toMatchObject([{ name: "shop", offers: shop.offers }]);
  expect(peer.heard("request")).toMatchObject([{ id: 1, procedure: "shop/place" }]);
  peer.welcome();
  peer.respond(1, { id: "o-1" });
  expect(await answer).toEqual({ id: "o-1" });
  expect(states).toEqual(["connecting", "greeting", "ready"]);
  await expect(upgrade()).rejects.toThrow("dialled only 1 times");
});

test("calls that were dropped unread are made again once, encoded for what was agreed on", async () => {
  const { client, accept } = stage();
  const answer = client.shop.place(order);
  const peer = await accept();
  peer.welcome({ early: "discarded" });
  await settle();

  expect(peer.frames.map(({ kind }) => kind)).toEqual(["request", "begin", "request"]);
  peer.respond(1, { id: "o-1" });
  expect(await answer).toEqual({ id: "o-1" });
});

test("a call that was sent early and that the negotiated release lacks fails by itself", async () => {
  const offers = [
    { release: "2.0.0", fingerprint: `sha256:${"a".repeat(64)}` },
    { release: "1.0.0", fingerprint: `sha256:${"b".repeat(64)}`, lacks: { place: "2.0.0" } },
  ];
  const { client, accept } = stage({ contracts: { shop: { ...shop, offers } } });
  const answer = client.shop.place(order);
  const peer = await accept();
  const picked = { name: "shop", release: "1.0.0", fingerprint: offers[1]?.fingerprint };
  peer.welcome({ early: "discarded", contracts: [picked] });

  expect(await outcomeOf(answer)).toMatchObject({ code: "unimplemented" });
  expect(peer.heard("request")).toHaveLength(1);
  expect([...client.releases]).toEqual([["shop", "1.0.0"]]);
});

test("what does not fit into early data waits for the welcome, in order", async () => {
  const { client, accept } = stage();
  const large = { sku: "x".repeat(40_000), quantity: 1 };
  const answers = [large, large, order].map((request) => client.shop.place(request));
  const peer = await accept();
  expect(peer.heard("request")).toHaveLength(1);

  peer.welcome();
  await settle();
  expect(peer.heard("request")).toHaveLength(3);
  for (const id of [1, 2, 3]) peer.respond(id, { id: `o-${id}` });
  expect(await Promise.all(answers)).toEqual([{ id: "o-1" }, { id: "o-2" }, { id: "o-3" }]);
});

test("metadata counts as early data, too: the server would close over one byte more", async () => {
  const { client, accept } = stage();
  const metadata = { note: "x".repeat(7_000) };
  const answers = Array.from({ length: 20 }, () => client.shop.place(order, { metadata }));
  const peer = await accept();
  const early = peer.heard("request").length;
  expect(early).toBeGreaterThan(0);
  expect(early * 7_000).toBeLessThanOrEqual(limitRules.earlyBytes.default);

  peer.welcome();
  await settle();
  for (const { id } of peer.heard("request")) peer.respond(id, { id: `o-${id}` });
  expect(await Promise.all(answers)).toHaveLength(20);
});

test("calls of one turn leave in one message; where many are open from turn to turn, in two: the server works on one meanwhile", async () => {
  const { client, welcome } = stage();
  client.connect().catch(ignore);
  const peer = await welcome();
  for (const [turn, messages] of [1, 2].entries()) {
    const before = peer.messages;
    const answers = Array.from({ length: 64 }, () => client.shop.place(order));
    await settle();

    expect(peer.heard("request")).toHaveLength(64 * (turn + 1));
    expect(peer.messages - before).toBe(messages);
    for (let id = 64 * turn + 1; id <= 64 * (turn + 1); id += 1) peer.respond(id, { id: "o" });
    await Promise.all(answers);
  }
});

test("connect() settles with the welcome, not before, and again at once while connected", async () => {
  const { client, accept } = stage();
  const connected = client.connect();
  const peer = await accept();
  expect(await outcomeOf(connected)).toBe("pending");

  peer.welcome();
  expect(await outcomeOf(connected)).toBeUndefined();
  expect(await outcomeOf(client.connect())).toBeUndefined();
});

test("an optional contract that the server lacks fails its own calls only, before bytes are sent", async () => {
  const extra = { ...shop, name: "extra" };
  const { client, accept } = stage({ contracts: { shop, extra: optional(extra) } });
  client.connect().catch(ignore);
  const peer = await accept();
  expect(peer.hello.contracts.map((contract) => contract.optional)).toEqual([false, true]);
  const [first] = peer.hello.contracts;
  peer.welcome({
    contracts: [{ name: "shop", release: undefined, fingerprint: first?.offers[0]?.fingerprint }],
  });
  await settle();

  expect(await outcomeOf(client.extra.place(order))).toMatchObject({ code: "unimplemented" });
  expect(peer.frames).toEqual([]);
  expect([...client.releases.keys()]).toEqual(["shop"]);
});

test("each notice is told once, with the contract that it is about", async () => {
  const { client, accept, clock } = stage();
  const notices: unknown[] = [];
  client.on("notice", (notice) => notices.push(notice));
  client.connect().catch(ignore);
  const notice = { sunset: "2030-01-01", url: "https://shop.example/new" };
  for (let round = 0; round < 2; round += 1) {
    const peer = await accept();
    const [contract] = peer.hello.contracts;
    const fingerprint = contract?.offers[0]?.fingerprint;
    peer.welcome({ contracts: [{ name: "shop", release: undefined, fingerprint, notice }] });
    await settle();
    peer.send({ kind: "notice", id: 0, text: JSON.stringify({ message: "Soon." }) });
    await settle();
    peer.close(4503);
    await clock.advance(2_000);
  }

  expect(notices).toEqual([{ ...notice, contract: "shop" }, { message: "Soon." }]);
});

test("a refusal of a live connection has what was said of the contract, not of a procedure that was called since", async () => {
  const { client, accept } = stage();
  const refused: unknown[] = [];
  client.on("upgradeRequired", ({ notice }) => refused.push(notice));
  client.connect().catch(ignore);
  const peer = await accept();
  peer.welcome();
  const notice = { contract: "shop", message: "Please reload." };
  for (const said of [notice, { contract: "shop", procedure: "place", message: "Use order." }])
    peer.send({ kind: "notice", id: 0, text: JSON.stringify(said) });
  await settle();
  peer.close(4426, "client-too-old contract=shop");
  await settle();

  expect(refused).toEqual([notice]);
});

test("a hello offers fewer of the oldest releases where all of them are more than a server reads", async () => {
  const contracts = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => {
      const name = `shop-${index}`;
      return [name, { ...shop, name, offers: offersOf(300) }];
    }),
  );
  const { client, accept } = stage({ contracts });
  void outcomeOf(client.connect());
  const { hello } = await accept();

  const offered = hello.contracts.map(({ offers }) => offers);
  expect(offered).toEqual(Array.from({ length: 12 }, () => offersOf(300).slice(0, 8)));
});

test("a hello offers the releases of one contract as far back as a server reads", async () => {
  const { client, accept } = stage({ contracts: { shop: { ...shop, offers: offersOf(300) } } });
  void outcomeOf(client.connect());
  const { hello } = await accept();

  expect(hello.contracts[0]?.offers).toEqual(offersOf(300).slice(0, 128));
});

test("a hello with long credentials offers fewer releases", async () => {
  const { client, accept } = stage({
    contracts: { shop: { ...shop, offers: offersOf(100) } },
    credentials: "é".repeat(3_000),
  });
  void outcomeOf(client.connect());
  const { hello } = await accept();

  expect(hello.contracts[0]?.offers).toEqual(offersOf(100).slice(0, 64));
});

/** So many releases of one line, newest first. */
function offersOf(count: number): { readonly release: string; readonly fingerprint: string }[] {
  return Array.from({ length: count }, (_, index) => ({
    release: `1.${count - 1 - index}.0`,
    fingerprint: `sha256:${index.toString(16).padStart(64, "0")}`,
  }));
}
