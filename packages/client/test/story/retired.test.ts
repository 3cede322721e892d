/** A client that is connected while its release is retired: it is warned, and then learns the same as one that comes later. */
import { defineContract, unary } from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import { createServer, implement, type Server } from "@concordat/server";
import { FakeClock, memoryWebSocket, settle } from "@concordat/testing";
import { Type } from "typebox";
import { afterEach, describe, expect, test } from "vitest";

import {
  type Client,
  type ClientNotice,
  createClient,
  UpgradeRequiredError,
} from "../../src/index.ts";
import { outcomeOf } from "../fixture/stage.ts";

const text = Type.Object({ text: Type.String() });
const echo = defineContract("echo", { say: unary({ request: text, response: text }) });
const newest = { ...freeze("echo", echo.tree), release: "2.0.0", previous: null };
const first = { ...newest, release: "1.0.0" };
/** The client of yesterday: all that differs is what it offers. */
const old = { ...echo, offers: [{ release: "1.0.0", fingerprint: first.fingerprint }] };
const upgradeUrl = "https://example.org/new";

interface Scene {
  readonly server: Server;
  readonly client: Client<{ readonly echo: typeof old }>;
  readonly clock: FakeClock;
  readonly told: UpgradeRequiredError[];
  readonly notices: ClientNotice[];
  readonly dials: () => number;
}

const open: Scene[] = [];

afterEach(async () => {
  for (const { client, server, clock } of open.splice(0)) {
    await client.close();
    const closed = server.close({ withinMs: 1 });
    await clock.advance(1_000);
    await closed;
  }
});

function scene(
  handler: (request: { readonly text: string }) => unknown = (request) => request,
): Scene {
  const clock = new FakeClock();
  const contract = { name: "echo", history: [first, newest] };
  const handlers = { say: handler };
  const server = createServer({
    clock,
    log: () => undefined,
    services: [implement<typeof handlers>(contract, { handlers, upgradeUrl })],
  });
  let dials = 0;
  const WebSocket = memoryWebSocket((upgrade) => {
    dials += 1;
    server.accept(upgrade.accept());
  });
  const client = createClient({
    url: "ws://echo.example/rpc",
    contracts: { echo: old },
    WebSocket,
    clock,
    random: () => 0.5,
  });
  const told: UpgradeRequiredError[] = [];
  const notices: ClientNotice[] = [];
  client.on("upgradeRequired", (error) => told.push(error));
  client.on("notice", (notice) => notices.push(notice));
  const made = { server, client, clock, told, notices, dials: () => dials };
  open.push(made);
  return made;
}

describe("a floor that rises above a live connection", () => {
  test("warns, and then every call fails with one UpgradeRequiredError, told once, and nothing dials", async () => {
    const { server, client, clock, told, notices, dials } = scene();
    await client.connect();
    server.setFloor("echo", "2.0.0", { withinMs: 60_000, message: "Please reload." });
    await clock.advance(0);
    expect(notices).toMatchObject([
      { contract: "echo", release: "1.0.0", message: "Please reload.", withinMs: 60_000 },
    ]);
    await clock.advance(60_000);

    expect(told).toHaveLength(1);
    expect(told[0]).toBeInstanceOf(UpgradeRequiredError);
    expect(told[0]).toMatchObject({
      closeCode: 4426,
      contract: "echo",
      release: "1.0.0",
      supported: { floor: "2.0.0", newest: "2.0.0" },
      mustMove: "client",
      upgradeUrl,
      notice: { message: "Please reload." },
    });
    expect(client.state).toBe("refused");
    expect(await outcomeOf(client.echo.say({ text: "a" }))).toBe(told[0]);
    const dialled = dials();
    await clock.advance(600_000);
    expect(dials()).toBe(dialled);
    expect(told).toHaveLength(1);
  });

  test("that is lowered and raised again is told each time, in the same words too", async () => {
    const { server, client, clock, notices } = scene();
    await client.connect();
    for (const floor of ["2.0.0", "1.0.0", "2.0.0"])
      server.setFloor("echo", floor, { withinMs: 60_000 });
    await clock.advance(0);

    const [warned, pardoned] = [
      "echo 1.0.0 is not served any more; only 2.0.0 is served.",
      "echo 1.0.0 is served again.",
    ];
    expect(notices.map(({ message }) => message)).toEqual([warned, pardoned, warned]);
  });

  test("lets a call that runs end, although the client has learned that it is the last", async () => {
    let finish: (() => void) | undefined;
    const gate = new Promise<void>((resolve) => (finish = resolve));
    const { server, client, clock, told } = scene((request) => gate.then(() => request));
    await client.connect();
    const answer = client.echo.say({ text: "last" });
    await settle();
    server.setFloor("echo", "2.0.0", { withinMs: 60_000 });
    await clock.advance(30_000);
    expect(told).toHaveLength(1);
    finish?.();

    expect(await answer).toEqual({ text: "last" });
    expect(told).toHaveLength(1);
  });

  test("cuts a call that never ends with the same error", async () => {
    const { server, client, clock, told } = scene(() => new Promise(() => undefined));
    await client.connect();
    const answer = client.echo.say({ text: "never" });
    answer.catch(() => undefined);
    await settle();
    server.setFloor("echo", "2.0.0", { withinMs: 60_000 });
    await clock.advance(60_000);

    expect(await outcomeOf(answer)).toBe(told[0]);
    expect(told).toHaveLength(1);
  });

  test("that closes without a goaway leads to the same error, with what the notice said", async () => {
    const { server, client, clock, told } = scene();
    await client.connect();
    server.setFloor("echo", "2.0.0", { withinMs: 0, url: "https://example.org/why" });
    await clock.advance(0);

    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      closeCode: 4426,
      release: "1.0.0",
      supported: { floor: "2.0.0", newest: "2.0.0" },
    });
    expect(client.state).toBe("refused");
  });

  test("and falls again lets the same client back in when it asks", async () => {
    const { server, client, clock } = scene();
    await client.connect();
    server.setFloor("echo", "2.0.0", { withinMs: 0 });
    await clock.advance(0);
    expect(client.state).toBe("refused");
    server.setFloor("echo", "1.0.0");
    await client.connect();

    expect(await client.echo.say({ text: "back" })).toEqual({ text: "back" });
  });
});

test("a contract that is withdrawn ends its clients with 4410 and the same class of error", async () => {
  const { server, client, clock, told } = scene();
  await client.connect();
  server.retire("echo", { withinMs: 0 });
  await clock.advance(0);

  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ closeCode: 4410, closeName: "contract-retired" });
});

test("a contract that is withdrawn is not said to be served, to those who are there and to those who come", async () => {
  const { server, client, clock, told } = scene();
  await client.connect();
  server.retire("echo", { withinMs: 0 });
  await clock.advance(0);
  await client.connect().catch(() => undefined);

  expect(told).toHaveLength(2);
  for (const { supported, rawMessage } of told) {
    expect(supported).toEqual({ releases: [] });
    expect(rawMessage).toBe("The contract echo was withdrawn; nothing takes its place here.");
  }
});

test("a server that has a newer release says so once, however often the client connects", async () => {
  const { client } = scene();
  const available: unknown[] = [];
  client.on("upgradeAvailable", (event) => available.push(event));
  for (let round = 0; round < 3; round += 1) {
    await client.connect();
    await client.close();
  }

  expect(available).toEqual([{ contract: "echo", release: "1.0.0", newest: "2.0.0" }]);
});
