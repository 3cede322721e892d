/** A client that is refused: everything fails alike, it is told once, and no socket is opened. */
import { UpgradeRequiredError } from "@concordat/core";
import { refusal } from "@concordat/core/internal";
import { settle } from "@concordat/testing";
import { expect, test } from "vitest";
import { order } from "../fixture/shop.ts";
import { ignore, outcomeOf, stage } from "../fixture/stage.ts";

const tooOld = refusal("client-too-old", {
  message: "Reload the page.",
  contract: "shop",
  upgradeUrl: "https://shop.example/new",
});
test("a welcome that names what was never offered is rejected with 4802, for good", async () => {
  const { client, accept, states } = stage();
  const answer = client.shop.place(order);
  const peer = await accept();
  const lie = { name: "shop", release: "9.0.0", fingerprint: `sha256:${"f".repeat(64)}` };
  peer.welcome({ contracts: [lie] });

  const error = await outcomeOf(answer);
  expect(error).toMatchObject({
    name: "RefusedError",
    code: "failed_precondition",
    closeCode: 4802,
  });
  expect(String(error)).toContain("never offered");
  expect(peer.end).toMatchObject({ code: 4802 });
  expect(states.at(-1)).toBe("refused");
});

test("garbage instead of an answer is rejected with 4802, for good", async () => {
  for (const garbage of ["not json", "[]", "{}", '{"concordat":"welcome"}', "null"]) {
    const { client, accept } = stage();
    const connected = client.connect();
    const peer = await accept();
    peer.text(garbage);

    expect(await outcomeOf(connected)).toMatchObject({ closeCode: 4802 });
  }
});

test("a refused client fails everything with one error object, tells it once, and opens no socket", async () => {
  const { client, accept, upgrades, clock, states } = stage();
  const told: UpgradeRequiredError[] = [];
  client.on("upgradeRequired", (error) => told.push(error));
  const early = client.shop.place(order);
  const connecting = client.connect();
  const peer = await accept();
  peer.reject(tooOld);
  const error = await outcomeOf(early);

  expect(error).toBeInstanceOf(UpgradeRequiredError);
  expect(error).toMatchObject({ upgradeUrl: "https://shop.example/new", closeCode: 4426 });
  expect(await outcomeOf(connecting)).toBe(error);
  expect(await outcomeOf(client.shop.place(order))).toBe(error);
  const stream = client.shop.watch({ customer: "c" })[Symbol.asyncIterator]();
  expect(await outcomeOf(stream.next())).toBe(error);
  await clock.advance(24 * 3_600_000);
  expect(upgrades).toHaveLength(1);
  expect(told).toEqual([error]);
  expect(states).toEqual(["connecting", "greeting", "refused"]);
});

test("connect() leaves the refusal behind, and a second one is told again", async () => {
  const { client, accept } = stage();
  const told: UpgradeRequiredError[] = [];
  client.on("upgradeRequired", (error) => told.push(error));
  for (let round = 1; round <= 2; round += 1) {
    const connected = client.connect();
    const peer = await accept();
    peer.reject(tooOld);
    await outcomeOf(connected);
    expect(told).toHaveLength(round);
  }

  const answer = client.connect();
  const peer = await accept();
  peer.welcome();
  expect(await outcomeOf(answer)).toBeUndefined();
});

test("a client that is refused while calls are open fails them with the refusal", async () => {
  const { client, welcome } = stage();
  const answer = client.shop.place(order);
  const peer = await welcome();
  peer.close(4426, "client-too-old contract=shop min=2.0.0 max=3.0.0");

  expect(await outcomeOf(answer)).toMatchObject({
    name: "UpgradeRequiredError",
    supported: { floor: "2.0.0", newest: "3.0.0" },
  });
});

test("credentials that are turned down, and fresh ones as well, stop the client until connect()", async () => {
  let asked = 0;
  const credentials = (): string => `token ${(asked += 1)}`;
  const { client, accept, clock, upgrades } = stage({ credentials });
  const answer = client.shop.place(order);
  (await accept()).close(4401);
  await clock.advance(0);
  const peer = await accept();
  expect(peer.hello.auth).toBe("token 2");
  peer.close(4401);

  expect(await outcomeOf(answer)).toMatchObject({ code: "unauthenticated" });
  await clock.advance(3_600_000);
  expect(upgrades).toHaveLength(2);
  client.connect().catch(ignore);
  expect((await accept()).hello.auth).toBe("token 3");
});

test("a close on a live connection has no room for an address: the notice before it had", async () => {
  const { client, welcome } = stage();
  const told: UpgradeRequiredError[] = [];
  client.on("upgradeRequired", (error) => told.push(error));
  client.connect().catch(ignore);
  const peer = await welcome();
  const notice = { contract: "shop", message: "Please reload.", url: "https://shop.example/new" };
  peer.send({ kind: "notice", id: 0, text: JSON.stringify(notice) });
  await settle();
  peer.close(4426, "client-too-old contract=shop have=1.2.0 min=2.0.0 max=3.1.0");
  await settle();

  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ notice, upgradeUrl: notice.url, supported: { floor: "2.0.0" } });
});
