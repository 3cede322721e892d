/** Whatever one connection sends, the process lives, its memory does not move, and the next client is served. */
import { helloToText, nil } from "@concordat/core/internal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { bombs, joined } from "./fixture/bomb.ts";
import { offerOf, plainHello } from "./fixture/caller.ts";
import { type ChildProgram, startProgram } from "./fixture/child-program.ts";
import { dial } from "./fixture/dial.ts";
import { RawClient, type UpgradeOptions } from "./fixture/raw-client.ts";
import { requestAround } from "./fixture/request-frame.ts";
import { shop } from "./fixture/shop.ts";
import { clientFrame, closeOf, opcode, type ServerClose } from "./fixture/websocket-frame.ts";

let prey: ChildProgram;
let port: number;
/** Where hellos have to come soon. */
let hurriedPort: number;
let atFirst: State;

/** What the program says about itself. */
interface State {
  readonly connections: number;
  /** What the system has given it. */
  readonly rss: number;
  /** What it holds when everything that can be dropped is dropped. */
  readonly held: number;
}

/** The close timeout of the server, and much more: a machine with two cores may be busy with other tests. */
const patience = { timeout: 60_000, interval: 100 };

const hello = helloToText(plainHello([offerOf(shop)]), "test");

beforeAll(async () => {
  const { program, first } = await startProgram(new URL("./fixture/prey.ts", import.meta.url));
  prey = program;
  ({ port, hurriedPort } = first as { port: number; hurriedPort: number }); // the program says it first
  await aftermath();
  atFirst = await stateOfPrey();
});

afterAll(() => prey.stop());

async function stateOfPrey(): Promise<State> {
  return (await prey.ask("state")) as State; // the program answers nothing else
}

/** What there is to see of a process that has just been attacked. */
async function aftermath(): Promise<typeof unharmed> {
  const caller = await dial(port, { limits: { handshakeMs: 60_000 } });
  const served = await caller.unary("shop/greet", { name: "Ada" }).done;
  caller.session.close(1000, "");
  const { exitCode } = prey.process;
  return { served, exitCode, complaints: prey.complaints() };
}

/** The next client is served, the process runs, and nothing was written to its error stream. */
const unharmed: {
  readonly served: unknown;
  readonly exitCode: number | null;
  readonly complaints: string;
} = {
  served: { text: "Hello, Ada." },
  exitCode: null,
  complaints: "",
};

/** Sends frames behind a proper upgrade, and returns how the server closed. */
async function closeAfter(...frames: readonly Uint8Array[]): Promise<ServerClose> {
  return closeOfAll(await RawClient.open(port), frames);
}

/** Sends frames behind a proper handshake, and returns how the server closed. */
async function closeAfterWelcome(...frames: readonly Uint8Array[]): Promise<ServerClose> {
  return closeOfAll(await welcomed(), frames);
}

async function closeOfAll(client: RawClient, frames: readonly Uint8Array[]): Promise<ServerClose> {
  for (const frame of frames) client.write(frame);
  const close = closeOf(await client.frames());
  client.socket.destroy();
  return close;
}

async function welcomed(): Promise<RawClient> {
  const client = await RawClient.open(port);
  client.write(clientFrame(hello));
  await client.frame();
  return client;
}

describe("an upgrade request", () => {
  test.each<[string, number, UpgradeOptions]>([
    ["whose path is //", 404, { path: "//" }],
    ["whose path is /%", 404, { path: "/%" }],
    ["whose path is a URL that cannot be read", 404, { path: "http://[::1" }],
    ["whose path is //user:pass@host:99999/", 404, { path: "//user:pass@host:99999/" }],
    ["without a subprotocol", 400, { headers: { "Sec-WebSocket-Protocol": undefined } }],
    ["with a foreign subprotocol", 400, { headers: { "Sec-WebSocket-Protocol": "graphql-ws" } }],
    [
      "with a subprotocol that is no token",
      400,
      { headers: { "Sec-WebSocket-Protocol": "concordat.v1, a b" } },
    ],
    [
      "with the same subprotocol twice",
      400,
      { headers: { "Sec-WebSocket-Protocol": "concordat.v1,concordat.v1" } },
    ],
    ["without a key", 400, { headers: { "Sec-WebSocket-Key": undefined } }],
    ["with a key of three bytes", 400, { headers: { "Sec-WebSocket-Key": "AAAA" } }],
    ["of WebSocket version 7", 400, { headers: { "Sec-WebSocket-Version": "7" } }],
    ["for another protocol than WebSocket", 400, { headers: { Upgrade: "h2c" } }],
    ["with 20 kB of headers", 431, { headers: { Cookie: "c".repeat(20_000) } }],
    [
      "with 20 kB of subprotocols",
      431,
      { headers: { "Sec-WebSocket-Protocol": `concordat.v1,${"a".repeat(20_000)}` } },
    ],
    [
      "with extensions that cannot be parsed",
      101,
      { headers: { "Sec-WebSocket-Extensions": ";;=," } },
    ],
    [
      "with 8 kB of subprotocols",
      101,
      { headers: { "Sec-WebSocket-Protocol": `concordat.v1,${"a".repeat(8_000)}` } },
    ],
  ])("%s is answered with %i", async (_name, status, options) => {
    const client = await RawClient.connect(port);
    client.upgrade(options);

    expect((await client.answer()).status).toBe(status);

    client.socket.destroy();
    expect(await aftermath()).toEqual(unharmed);
  });

  test("with a host that is none opens, and is told that its page may not connect", async () => {
    const client = await RawClient.open(port, {
      headers: { Host: "a b", Origin: "http://[" },
    });
    client.write(clientFrame(hello));

    expect(closeOf(await client.frames()).code).toBe(4403);

    expect(await aftermath()).toEqual(unharmed);
  });

  test.each([
    ["cut in the middle of its headers", "GET / HTTP/1.1\r\nHost: x\r\nUpgra"],
    ["that is no HTTP", "\u0016\u0003\u0001\u0002\u0000\r\n\r\n"],
    [
      "that is a POST",
      "POST / HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    ],
    [
      "with a header called __proto__",
      "GET / HTTP/1.1\r\nHost: x\r\n__proto__: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    ],
  ])("%s, then reset, harms nobody", async (_name, bytes) => {
    const client = await RawClient.connect(port);
    client.write(bytes);
    await new Promise((resolve) => client.socket.once("drain", resolve).write("", resolve));
    client.reset();
    await client.gone;

    expect(await aftermath()).toEqual(unharmed);
  });

  test("that is reset before its answer can be written harms nobody", async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, () => RawClient.connect(port)));
    for (const [index, client] of clients.entries()) {
      client.upgrade(index % 2 === 0 ? {} : { path: "/elsewhere" });
      client.reset();
    }
    await Promise.all(clients.map(({ gone }) => gone));

    expect(await aftermath()).toEqual(unharmed);
  });
});

describe("a WebSocket frame", () => {
  test.each<[string, number, Uint8Array]>([
    ["with reserved bits", 1002, clientFrame("x", { reserved: 7 })],
    ["that is not masked", 1002, clientFrame("x", { masked: false })],
    ["of an unknown opcode", 1002, clientFrame("x", { opcode: 3 })],
    ["that continues nothing", 1002, clientFrame("x", { opcode: 0 })],
    ["that pings in two parts", 1002, clientFrame("x", { opcode: opcode.ping, fin: false })],
    ["that pings with 126 bytes", 1002, clientFrame("x".repeat(126), { opcode: opcode.ping })],
    ["that states 2^40 bytes", 1009, clientFrame("x", { states: 2 ** 40 })],
    ["that states 2 MiB", 1009, clientFrame("x", { states: 2 ** 21 })],
    ["whose text is no UTF-8", 1007, clientFrame(Uint8Array.of(0xc0, 0xaf))],
    ["that closes with one byte", 1002, clientFrame("x", { opcode: opcode.close })],
    [
      "that closes with a code that nobody may send",
      1002,
      clientFrame(Uint8Array.of(0x03, 0xed), { opcode: opcode.close }),
    ],
    [
      "that closes with a reason of 300 bytes",
      1002,
      clientFrame(Uint8Array.of(0x11, 0x30, ...new Uint8Array(300)), { opcode: opcode.close }),
    ],
  ])("%s ends its own connection, with %i", async (_name, code, frame) => {
    expect((await closeAfter(frame)).code).toBe(code);

    expect(await aftermath()).toEqual(unharmed);
  });

  test("of a million without an end is not collected", async () => {
    const start = clientFrame("x", { fin: false });
    const more = clientFrame("x", { opcode: 0, fin: false });
    const flood = Buffer.concat([start, ...Array.from({ length: 20_000 }, () => more)]);

    expect((await closeAfterWelcome(flood)).code).toBe(1008);

    expect(await aftermath()).toEqual(unharmed);
  });

  test("cut by a reset harms nobody", async () => {
    const client = await RawClient.open(port);
    client.write(clientFrame(hello).subarray(0, 40));
    client.reset();
    await client.gone;

    expect(await aftermath()).toEqual(unharmed);
  });

  test("cut by a reset while credentials are looked at harms nobody", async () => {
    const client = await RawClient.open(port);
    client.write(clientFrame(hello));
    await new Promise((resolve) => client.socket.write("", resolve));
    client.reset();
    await client.gone;

    expect(await aftermath()).toEqual(unharmed);
  });
});

describe("a first message", () => {
  test.each<[string, Uint8Array]>([
    ["that is binary", clientFrame(requestAround(Uint8Array.of(0x80)), { opcode: opcode.binary })],
    ["that is no JSON", clientFrame("{")],
    ["that is empty", clientFrame("")],
    ["that is a list", clientFrame("[]")],
    ["that is null", clientFrame("null")],
    ["that is a number", clientFrame("4426")],
    ["without a member concordat", clientFrame("{}")],
    ["whose member concordat is inherited", clientFrame('{"__proto__": {"concordat": "hello"}}')],
    ["of 8,000 nested lists", clientFrame("[".repeat(8_000) + "]".repeat(8_000))],
    ["of 17 KiB", clientFrame(`{"concordat": "hello", "auth": "${"x".repeat(17_408)}"}`)],
    ["of 1 MiB", clientFrame(`"${"x".repeat(1_000_000)}"`)],
    [
      "whose name for a contract is 300 bytes of brackets",
      clientFrame(
        JSON.stringify({
          concordat: "hello",
          wire: [1],
          encodings: ["msgpack"],
          contracts: [{ name: "\u0000]".repeat(150), offers: [] }],
        }),
      ),
    ],
  ])("%s is refused with 4400", async (_name, frame) => {
    const { code, reason } = await closeAfter(frame);

    expect(code).toBe(4400);
    expect(reason.toString()).toMatch(/^bad-handshake/);
    expect(reason.length).toBeLessThanOrEqual(123);
    expect(await aftermath()).toEqual(unharmed);
  });

  test("that never comes ends with 4508", async () => {
    const client = await RawClient.open(hurriedPort);

    expect((await closeOfAll(client, [])).code).toBe(4508);

    expect(await aftermath()).toEqual(unharmed);
  });

  test("that comes a byte at a time ends with 4508", async () => {
    const client = await RawClient.open(hurriedPort);
    const bytes = clientFrame(hello);
    let at = 0;
    const drip = setInterval(() => client.write(bytes.subarray(at, ++at)), 50);

    const { code } = closeOf(await client.frames());
    clearInterval(drip);
    client.socket.destroy();

    expect(code).toBe(4508);
    expect(await aftermath()).toEqual(unharmed);
  });

  test("that never comes because the upgrade itself comes a byte at a time is answered with 408", async () => {
    const client = await RawClient.connect(hurriedPort);
    client.write("GET / HTTP/1.1\r\nHost: x\r\nX-Drip: ");
    const drip = setInterval(() => client.write("x"), 50);

    const { status } = await client.answer();
    clearInterval(drip);
    client.socket.destroy();

    expect(status).toBe(408);
    expect(await aftermath()).toEqual(unharmed);
  });
});

describe("after the hello", () => {
  test.each<[string, Uint8Array]>([
    ["a second hello", clientFrame(hello)],
    ["a text", clientFrame("hello?")],
    [
      "a frame of an unknown kind",
      clientFrame(Uint8Array.of(0x92, 0x3f, 0x00), { opcode: opcode.binary }),
    ],
    ["a frame that is no list", clientFrame(Uint8Array.of(0x01), { opcode: opcode.binary })],
    [
      "an item of a call that was never opened",
      clientFrame(Uint8Array.of(0x93, 0x02, 0x07, 0xc0), { opcode: opcode.binary }),
    ],
    [
      "credit beyond what a number can hold",
      clientFrame(Uint8Array.of(0x93, 0x07, 0x00, 0xcf, ...new Uint8Array(8).fill(0xff)), {
        opcode: opcode.binary,
      }),
    ],
  ])("%s closes with 4522, welcomed or not", async (_name, frame) => {
    expect((await closeAfter(clientFrame(hello), frame)).code).toBe(4522);
    expect((await closeAfterWelcome(frame)).code).toBe(4522);

    expect(await aftermath()).toEqual(unharmed);
  });

  test.each(bombs)("$name is refused before it is decoded", async ({ payload }) => {
    const { rss } = await stateOfPrey();
    const frame = clientFrame(requestAround(payload), { opcode: opcode.binary });

    expect((await closeAfterWelcome(frame)).code).toBe(4522);

    expect((await stateOfPrey()).rss - rss).toBeLessThan(32 * 2 ** 20);
    expect(await aftermath()).toEqual(unharmed);
  });

  test.each([
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
    ["toString", "toString"],
    ["hasOwnProperty", "hasOwnProperty"],
    ["nothing", ""],
    ["a slash", "/"],
    ["shop/__proto__", "shop/__proto__"],
    ["shop/constructor", "shop/constructor"],
    ["shop/toString", "shop/toString"],
    ["a group of procedures", "shop/tools"],
    ["a group and a slash", "shop/tools/"],
    ["control characters", "shop/\u0000\r\n\u2028\u202e"],
    ["10,000 letters", `shop/${"x".repeat(10_000)}`],
  ])("a procedure called %s fails its own call as unimplemented", async (_name, procedure) => {
    const caller = await dial(port);

    expect((await caller.unary(procedure, {}).error).code).toBe("unimplemented");
    expect(await caller.unary("shop/greet", { name: "Bo" }).done).toEqual({ text: "Hello, Bo." });

    caller.session.close(1000, "");
    expect(await aftermath()).toEqual(unharmed);
  });

  test.each([
    [
      "windows that no credit can hold",
      { connectionWindowBytes: 2 ** 40, streamWindowBytes: 2 ** 53 },
    ],
    ["messages of one byte", { messageBytes: 1 }],
    ["limits that are no numbers", { messageBytes: "x", callsInFlight: -1, keepAliveMs: null }],
  ])("a client that announces %s is served or ends alone", async (_name, limits) => {
    const client = await RawClient.open(port);
    const parsed = JSON.parse(hello) as object; // it was written by the library a moment ago
    client.write(clientFrame(JSON.stringify({ ...parsed, limits })));
    client.write(clientFrame(requestAround(Uint8Array.of(0x80)), { opcode: opcode.binary }));
    client.write(clientFrame(Uint8Array.of(0x93, 0x08, 0x00, 0x00), { opcode: opcode.binary }));
    await new Promise((resolve) => setTimeout(resolve, 20));
    client.socket.destroy();

    expect(await aftermath()).toEqual(unharmed);
  });

  test("a message of 260,000 pings is refused as a whole", async () => {
    const pings = Buffer.alloc(1_040_000).fill(Uint8Array.of(0x93, 0x08, 0x00, 0x00));

    expect((await closeAfterWelcome(clientFrame(pings, { opcode: opcode.binary }))).code).toBe(
      4522,
    );

    expect(await aftermath()).toEqual(unharmed);
  });

  test("answers that a peer asks for and never reads are not collected", async () => {
    const client = await welcomed();
    client.socket.pause();
    let id = 0;
    for (let round = 0; round < 12; round += 1) {
      // Calls of a procedure that is not there: 15 bytes each, and nine times as much in answer.
      const calls = Array.from({ length: 16_000 }, () => requestAround(nil, "x", (id += 1)));
      client.write(clientFrame(joined(calls), { opcode: opcode.binary }));
    }

    expect(await aftermath()).toEqual(unharmed);

    // The server has given the peer up, though it neither reads nor answers the close.
    await expect.poll(async () => (await stateOfPrey()).connections, patience).toBe(0);
    client.socket.destroy();
    expect(await aftermath()).toEqual(unharmed);
  });
});

test("all of it together is forgotten", async () => {
  const held = async (): Promise<number> => (await stateOfPrey()).held - atFirst.held;

  await expect.poll(held, patience).toBeLessThan(4 * 2 ** 20);
  expect((await stateOfPrey()).rss - atFirst.rss).toBeLessThan(256 * 2 ** 20);
});
