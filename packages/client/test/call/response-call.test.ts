/** One request, one response: what is checked on the way, and what comes of errors. */
import { defineContract, limitRules, type Metadata, metadataValue, unary } from "@concordat/core";
import { announce, detailOfMessage } from "@concordat/core/internal";
import { settle } from "@concordat/testing";
import { Type } from "typebox";
import { describe, expect, test } from "vitest";
import { order, shop } from "../fixture/shop.ts";
import { outcomeOf, stage } from "../fixture/stage.ts";

/** What a server announces that was not told otherwise. */
const announced = announce((name) => limitRules[name].default);

test("a request that does not match is refused here, with path and reason, and nothing is dialled", async () => {
  const { client, upgrades } = stage();
  // A caller in JavaScript, whom no compiler has warned.
  const error = await outcomeOf(client.shop.place({ sku: 5, quantity: 1 } as never));

  expect(error).toMatchObject({ code: "invalid_argument", origin: "local" });
  expect(String(error)).toContain("shop/place: at /sku it");
  expect(upgrades).toHaveLength(0);
});

test("a request is copied when the call is made: changing it afterwards changes nothing", async () => {
  const { client, welcome } = stage();
  const request = { sku: "A-1", quantity: 1, secret: "not in the contract" };
  const answer = client.shop.place(request);
  request.sku = "changed";
  const peer = await welcome();

  const [sent] = peer.heard("request");
  expect(new TextDecoder().decode(sent?.payload)).toContain("A-1");
  expect(new TextDecoder().decode(sent?.payload)).not.toContain("secret");
  peer.respond(1, { id: "o-1" });
  await answer;
});

test("a request is copied in whatever form the server turns out to speak", async () => {
  const forms = Object.fromEntries(shop.procedures.map((form) => [form.name, { ...form }]));
  const offers = [
    { release: "1.1.0", fingerprint: `sha256:${"a".repeat(64)}` },
    { release: "1.0.0", fingerprint: `sha256:${"b".repeat(64)}`, forms },
  ];
  const { client, accept } = stage({ contracts: { shop: { ...shop, offers } } });
  const request = { sku: "first", quantity: 1 };
  const answers = [client.shop.place(request)];
  request.sku = "second";
  answers.push(client.shop.place(request));
  request.sku = "changed";
  const peer = await accept();
  const { release, fingerprint } = offers[1] ?? {};
  peer.welcome({ early: "discarded", contracts: [{ name: "shop", release, fingerprint }] });
  await settle();

  const again = peer.heard("request").slice(2);
  expect(again.map(({ payload }) => new TextDecoder().decode(payload))).toEqual([
    expect.stringContaining("first"),
    expect.stringContaining("second"),
  ]);
  peer.respond(1, { id: "o-1" });
  peer.respond(2, { id: "o-2" });
  expect(await Promise.all(answers)).toEqual([{ id: "o-1" }, { id: "o-2" }]);
});

test("a request that does not match the form of the server that answers is refused here, and not sent", async () => {
  const older = defineContract("shop", {
    place: unary({
      request: Type.Object({ sku: Type.String(), quantity: Type.String() }),
      response: Type.Object({ id: Type.String() }),
    }),
  });
  const forms = Object.fromEntries(older.procedures.map((form) => [form.name, { ...form }]));
  const offers = [
    { release: "1.1.0", fingerprint: `sha256:${"a".repeat(64)}` },
    { release: "1.0.0", fingerprint: `sha256:${"b".repeat(64)}`, forms },
  ];
  const { client, accept } = stage({ contracts: { shop: { ...shop, offers } } });
  const answer = client.shop.place(order);
  const peer = await accept();
  const { release, fingerprint } = offers[1] ?? {};
  peer.welcome({ early: "discarded", contracts: [{ name: "shop", release, fingerprint }] });

  expect(await outcomeOf(answer)).toMatchObject({ code: "invalid_argument" });
  expect(peer.heard("request")).toHaveLength(1); // the early one, which was discarded
});

test("a response that does not match is the server's fault, named with release, path and reason", async () => {
  const { client, welcome } = stage();
  const answer = client.shop.place(order);
  const peer = await welcome();
  // An object whose one field is no text.
  const payload = Uint8Array.of(0x92, 0xa0, 0x91, 0xc3);
  peer.send({ kind: "response", id: 1, metadata: [], payload });

  const error = await outcomeOf(answer);
  expect(error).toMatchObject({ code: "internal", origin: "remote" });
  expect(String(error)).toContain("does not match shop/place in shop unreleased: at /id it");
});

test("a response of bytes that no decoder takes is the server's fault too", async () => {
  const { client, welcome } = stage();
  const answer = client.shop.place(order);
  const peer = await welcome();
  // A map whose one key is __proto__.
  const payload = Uint8Array.of(0x81, 0xa9, ...new TextEncoder().encode("__proto__"), 0xc0);
  peer.send({ kind: "response", id: 1, metadata: [], payload });

  expect(await outcomeOf(answer)).toMatchObject({ code: "internal", origin: "remote" });
  expect(client.state).toBe("ready");
});

describe("an error of the server", () => {
  const fault = {
    code: "failed_precondition",
    message: "Sold out.",
    retryAfterMs: 500,
    notExecuted: true,
  } as const;

  async function failWith(detail: { name: string; value: unknown } | undefined): Promise<unknown> {
    const { client, welcome } = stage();
    const answer = client.shop.place(order);
    const peer = await welcome();
    const told = detail && {
      name: detail.name,
      payload: detailOfMessage(peer.payload("shop/place", detail.value, detail.name)),
    };
    peer.send({ kind: "error", id: 1, fault: { ...fault, detail: told }, metadata: [] });
    return outcomeOf(answer);
  }

  test("arrives with code, message, time to wait, whether it was executed, and the contract's own detail", async () => {
    expect(await failWith({ name: "out_of_stock", value: { sku: "A-1" } })).toMatchObject({
      code: "failed_precondition",
      rawMessage: "Sold out.",
      retryAfterMs: 500,
      notExecuted: true,
      origin: "remote",
      detail: { name: "out_of_stock", value: { sku: "A-1" } },
    });
  });

  test.each([
    ["that does not match the contract", { name: "out_of_stock", value: { sku: 5 } }],
    ["that the contract does not know", { name: "other", value: {} }],
    ["with a name that every object has", { name: "constructor", value: {} }],
    ["called __proto__", { name: "__proto__", value: {} }],
  ])("loses a detail %s, and nothing else", async (_, detail) => {
    expect(await failWith(detail)).toMatchObject({
      code: "failed_precondition",
      rawMessage: "Sold out.",
      retryAfterMs: 500,
      notExecuted: true,
      detail: undefined,
    });
  });

  // Each is one whole value of MessagePack, as the frame needs it.
  test.each([
    ["is no bytes", [0x91, 0xa3, 0x41, 0x2d, 0x31]],
    ["holds a timestamp of five bytes", [0xc7, 5, 0xff, 0, 0, 0, 0, 0]],
    ["is of an unknown extension", [0xd4, 0x63, 0]],
    ["is bytes of no message", [0xc4, 2, 0x92, 0xc1]],
    ["is bytes of half a message", [0xc4, 1, 0x92]],
    ["is no bytes at all", [0xc4, 0]],
    ["is nil", [0xc0]],
  ])("loses a detail that %s; the connection goes on", async (_, payload) => {
    const { client, welcome } = stage();
    const calls = [client.shop.place(order), client.shop.place(order)] as const;
    const peer = await welcome();
    const detail = { name: "out_of_stock", payload: Uint8Array.from(payload) };
    peer.send({ kind: "error", id: 1, fault: { ...fault, detail }, metadata: [] });
    peer.respond(2, { id: "o-2" });

    expect(await outcomeOf(calls[0])).toMatchObject({
      code: "failed_precondition",
      rawMessage: "Sold out.",
      detail: undefined,
    });
    expect(await calls[1]).toEqual({ id: "o-2" });
    expect(client.state).toBe("ready");
  });
});

test("metadata travels with the request, and comes back before and after the answer", async () => {
  const { client, welcome } = stage();
  const heard: [string, Metadata][] = [];
  const answer = client.shop.place(order, {
    metadata: [
      ["trace", "1"],
      ["trace", "2"],
    ],
    onLeading: (metadata) => heard.push(["leading", metadata]),
    onTrailing: (metadata) => heard.push(["trailing", metadata]),
  });
  const peer = await welcome();
  expect(peer.heard("request")[0]?.metadata).toEqual([
    ["trace", "1"],
    ["trace", "2"],
  ]);
  peer.send({ kind: "leading", id: 1, metadata: [["x", "early"]] });
  await settle();
  expect(heard.map(([when]) => when)).toEqual(["leading"]);
  peer.send({
    kind: "error",
    id: 1,
    fault: { code: "aborted", message: "", detail: undefined, retryAfterMs: undefined },
    metadata: [["x", "late"]],
  });

  expect(await outcomeOf(answer)).toMatchObject({ code: "aborted" });
  expect(heard.map(([when, metadata]) => [when, metadataValue(metadata, "x")])).toEqual([
    ["leading", "early"],
    ["trailing", "late"],
  ]);
});

test("a callback that throws fails nothing: its error goes where uncaught errors go", async () => {
  const uncaught: unknown[] = [];
  const { client, clock, welcome } = stage();
  clock.endOfTurn = (run) =>
    queueMicrotask(() => {
      try {
        run();
      } catch (error) {
        uncaught.push(error);
      }
    });
  const mistake = new Error("a mistake in the application");
  const answer = client.shop.place(order, {
    onTrailing() {
      throw mistake;
    },
  });
  const none = null as unknown as () => void; // what JavaScript says for "nobody listens"
  const unheard = client.shop.place(order, { onLeading: none, onTrailing: none });
  const peer = await welcome();
  peer.respond(1, { id: "o-1" });
  peer.respond(2, { id: "o-2" });

  expect(await outcomeOf(answer)).toEqual({ id: "o-1" });
  expect(await outcomeOf(unheard)).toEqual({ id: "o-2" });
  expect(uncaught).toEqual([mistake]);
  expect(client.state).toBe("ready");
});

test.each([
  ["metadata with a malformed key", { metadata: { "Not Allowed": "x" } }, "invalid_argument"],
  ["more metadata than is allowed", { metadata: { x: "x".repeat(9_000) } }, "resource_exhausted"],
  ["a timeout that is NaN", { timeoutMs: Number.NaN }, "invalid_argument"],
  // What a caller in JavaScript might do.
  ["a timeout that is no number", { timeoutMs: {} as never }, "invalid_argument"],
])("%s rejects the promise, and throws nothing", async (_, options, code) => {
  const { client, upgrades } = stage();

  expect(await outcomeOf(client.shop.place(order, options))).toMatchObject({ code });
  expect(upgrades).toHaveLength(0);
});

test("metadata that this server takes less of fails the call alone", async () => {
  const { client, welcome } = stage();
  const limits = { ...announced, metadataBytes: 10 };
  const connected = client.connect();
  const peer = await welcome({ limits });
  await connected;

  const answer = client.shop.place(order, { metadata: { trace: "0123456789" } });
  expect(await outcomeOf(answer)).toMatchObject({ code: "resource_exhausted" });
  expect(peer.frames).toEqual([]);
  expect(client.state).toBe("ready");
});

test("a request that this server finds too large fails the call alone", async () => {
  const { client, welcome } = stage();
  const limits = { ...announced, messageBytes: 2_000 };
  const connected = client.connect();
  await welcome({ limits });
  await connected;

  const answer = client.shop.place({ sku: "x".repeat(3_000), quantity: 1 });
  expect(await outcomeOf(answer)).toMatchObject({ code: "resource_exhausted" });
  expect(client.state).toBe("ready");
});
