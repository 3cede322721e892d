/** A client that is too old, over real sockets: whatever is lost on the way, it learns the same. */
import { UpgradeRequiredError } from "@concordat/core";
import { reasonOfRefusal, refusal, refusalToJson, rejectToText } from "@concordat/core/internal";
import { afterEach, expect, test } from "vitest";
import { type RawData, WebSocket } from "ws";
import { createClient } from "../../src/index.ts";
import { order, shop } from "../fixture/shop.ts";
import { closeServers, response, serveSockets, serveUpgrades } from "../fixture/ws-server.ts";

const tooOld = refusal("client-too-old", {
  message: "This client speaks 1.2.0 of shop; the server serves 2.0.0 to 3.1.0.",
  contract: "shop",
  offered: ["1.2.0"],
  supported: { floor: "2.0.0", newest: "3.1.0" },
  mustMove: "client",
  upgradeUrl: "https://shop.example/new",
});

const fingerprint = `sha256:${"a".repeat(64)}`;
const old = { ...shop, offers: [{ release: "1.2.0", fingerprint }] };
const clients: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await closeServers();
});

/** What a client that makes two calls learns, and how often it dials while they fail and a while longer. */
async function refusedBy(url: string): Promise<UpgradeRequiredError> {
  let dials = 0;
  const client = createClient({
    url: () => {
      dials += 1;
      return url;
    },
    contracts: { shop: old },
    WebSocket,
  });
  clients.push(client);
  const told: UpgradeRequiredError[] = [];
  client.on("upgradeRequired", (error) => told.push(error));
  const errors = await Promise.all([
    client.shop.place(order).catch((error: unknown) => error),
    client.connect().catch((error: unknown) => error),
  ]);
  errors.push(await client.shop.place(order).catch((error: unknown) => error));

  const [error] = told;
  expect(told).toHaveLength(1);
  expect(errors.every((one) => one === error)).toBe(true);
  expect(error).toBeInstanceOf(UpgradeRequiredError);
  expect(error).toMatchObject({ closeCode: 4426, mustMove: "client", release: "1.2.0" });
  expect(client.state).toBe("refused");
  expect(dials).toBe(1);
  if (error === undefined) throw new Error("Nothing was told.");
  return error;
}

/** Answers the hello. */
function onHello(socket: WebSocket, answer: () => void): void {
  socket.once("message", answer);
}

/** Joins a client's socket to a server behind it, and loses what `lose` says. */
function proxyTo(
  target: string,
  lose: { readonly reason?: boolean; readonly text?: boolean; readonly close?: boolean },
): Promise<string> {
  return serveSockets((front, request) => {
    const tokens = (request.headers["sec-websocket-protocol"] ?? "").split(",");
    const back = new WebSocket(
      target,
      tokens.map((token) => token.trim()),
    );
    const waiting: [RawData, boolean][] = [];
    front.on("message", (data, binary) => {
      if (back.readyState === 1) back.send(data, { binary });
      else waiting.push([data, binary]);
    });
    back.on("open", () => waiting.forEach(([data, binary]) => back.send(data, { binary })));
    back.on("message", (data, binary) => {
      if (lose.text !== true || binary) front.send(data, { binary });
    });
    back.on("close", (code, reason) => {
      if (lose.close === true) front.terminate();
      else front.close(code, lose.reason === true ? "" : reason);
    });
  });
}

const refusing = (): Promise<string> =>
  serveSockets((socket) => {
    onHello(socket, () => {
      socket.send(rejectToText(tooOld));
      socket.close(4426, reasonOfRefusal(tooOld));
    });
  });

test("a reject and a close say everything", async () => {
  expect(await refusedBy(await refusing())).toMatchObject({
    rawMessage: tooOld.message,
    supported: { floor: "2.0.0", newest: "3.1.0" },
    upgradeUrl: "https://shop.example/new",
    contract: "shop",
  });
});

test("behind a proxy that drops the reject, the reason names contract and range", async () => {
  expect(await refusedBy(await proxyTo(await refusing(), { text: true }))).toMatchObject({
    supported: { floor: "2.0.0", newest: "3.1.0" },
    contract: "shop",
  });
});

test("behind a proxy that drops the reason, the reject names them", async () => {
  expect(await refusedBy(await proxyTo(await refusing(), { reason: true }))).toMatchObject({
    supported: { floor: "2.0.0", newest: "3.1.0" },
    upgradeUrl: "https://shop.example/new",
  });
});

test("behind a proxy that drops both, the code alone is enough to stop and to name the side", async () => {
  const url = await proxyTo(await refusing(), { text: true, reason: true });

  expect(await refusedBy(url)).toMatchObject({ contract: "shop", offered: ["1.2.0"] });
});

test("behind a proxy that turns the close into a lost connection, the reject that came stands", async () => {
  expect(await refusedBy(await proxyTo(await refusing(), { close: true }))).toMatchObject({
    upgradeUrl: "https://shop.example/new",
  });
});

test("a close without waiting for the hello is understood", async () => {
  const url = await serveSockets((socket) => socket.close(4426, reasonOfRefusal(tooOld)));

  expect(await refusedBy(url)).toMatchObject({ supported: { newest: "3.1.0" } });
});

test("HTTP 426 with a problem document says everything, before a socket is opened", async () => {
  const problem = JSON.stringify({
    type: "urn:concordat:client-too-old",
    ...refusalToJson(tooOld),
  });
  const headers = ["Content-Type: application/problem+json; charset=utf-8", "Upgrade: websocket"];
  const url = await serveUpgrades((socket) => {
    socket.end(response("426 Upgrade Required", headers, problem));
  });

  expect(await refusedBy(url)).toMatchObject({
    rawMessage: tooOld.message,
    supported: { floor: "2.0.0", newest: "3.1.0" },
    upgradeUrl: "https://shop.example/new",
  });
});

test("HTTP 426 with a code that is newer than this client stops it all the same", async () => {
  const headers = ["Content-Type: application/problem+json"];
  const body = JSON.stringify({
    code: 4477,
    message: "For a reason that you have never heard of.",
  });
  const url = await serveUpgrades((socket) => {
    socket.end(response("426 Upgrade Required", headers, body));
  });
  const client = createClient({ url, contracts: { shop: old }, WebSocket });
  clients.push(client);

  await expect(client.shop.place(order)).rejects.toMatchObject({
    name: "RefusedError",
    closeCode: 4477,
    rawMessage: "For a reason that you have never heard of.",
  });
  expect(client.state).toBe("refused");
});
