/** Small messages go past ws where they may, and nobody can tell: a real socket, with a server of ws at its other end. */
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { FakeClock } from "@concordat/testing";
import type { Transport } from "@concordat/core/transport";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { dialSocket } from "../../src/socket/node-socket.ts";

const running: { close(): void }[] = [];

afterEach(() => {
  for (const each of running.splice(0)) each.close();
});

interface Joined {
  readonly transport: Transport;
  /** What was dialled. */
  readonly socket: WebSocket;
  /** What it reads from. */
  readonly raw: Socket;
  /** The server's end. */
  readonly far: WebSocket;
  readonly heard: unknown[];
  /** What ws itself was asked to send. */
  readonly sentByWs: unknown[];
}

/** What a class of somebody's own asks of ws. */
interface DiallingOptions {
  readonly deflates?: boolean;
  readonly allowSynchronousEvents?: boolean;
}

/** A socket that has opened, and its other end. */
async function join({ deflates = false, ...asked }: DiallingOptions = {}): Promise<Joined> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: deflates });
  running.push(server);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  const sentByWs: unknown[] = [];
  class Dialling extends WebSocket {
    constructor(address: string, protocols: string[], options?: object) {
      super(address, protocols, { ...options, perMessageDeflate: deflates, ...asked });
    }

    override send(data: string | Uint8Array<ArrayBuffer>): void {
      sentByWs.push(data);
      super.send(data);
    }
  }
  const accepted = once(server, "connection");
  let raw: Socket | undefined;
  const { socket, opened } = dialSocket(Dialling, `ws://127.0.0.1:${port}`, [], {
    messageBytes: 100_000,
  });
  if (!(socket instanceof WebSocket)) throw new Error("not what was dialled");
  socket.on("upgrade", (response) => (raw = response.socket));
  const transport = await new Promise<Transport>((settle) => {
    socket.addEventListener("open", () =>
      settle(opened({ clock: new FakeClock(), closeMs: 2_000 })),
    );
  });
  const heard: unknown[] = [];
  transport.listen({
    message: (message) => heard.push(message),
    closed: (code, reason) => heard.push({ code, reason }),
  });
  const [far] = (await accepted) as [WebSocket]; // what ws emits
  if (raw === undefined) throw new Error("opened without an upgrade");
  return { transport, socket, raw, far, heard, sentByWs };
}

const lengths = [0, 1, 125, 126, 1_023, 1_024, 1_025, 5, 65_536, 3];

test("messages of all lengths arrive whole and in order, both ways; only long ones are left to ws", async () => {
  const { transport, socket, far, heard, sentByWs } = await join();
  const arrived: Buffer[] = [];
  far.on("message", (data: Buffer) => arrived.push(data));
  let byWs = 0;
  socket.on("message", () => (byWs += 1));
  const messages = lengths.map((length) => new Uint8Array(length).fill(length & 0xff));
  for (const message of messages) {
    transport.send(message);
    far.send(message);
    await once(far, "message"); // so that each comes in a chunk of its own
    while (heard.length < arrived.length) await new Promise(setImmediate);
  }

  expect(arrived.map((each) => Uint8Array.from(each))).toEqual(messages);
  expect(heard).toEqual(messages);
  expect(heard.some((each) => Buffer.isBuffer(each))).toBe(false);
  const long = messages.filter(({ length }) => length > 1_024);
  expect(sentByWs).toEqual(long);
  expect(byWs).toBe(long.length);
});

test("where an extension was agreed on, which changes frames, everything is left to ws", async () => {
  const { transport, socket, far, heard, sentByWs } = await join({ deflates: true });
  expect(socket.extensions).toContain("permessage-deflate");
  transport.send(Uint8Array.of(1));
  far.send(Uint8Array.of(2));
  const [data] = (await once(far, "message")) as [Buffer]; // what ws emits
  while (heard.length === 0) await new Promise(setImmediate);

  expect([...data]).toEqual([1]);
  expect(heard).toEqual([Uint8Array.of(2)]);
  expect(sentByWs).toEqual([Uint8Array.of(1)]);
});

test("messages that ws puts off are not overtaken by small ones", async () => {
  const { raw, far, heard } = await join({ allowSynchronousEvents: false });
  // As they come over TLS: several chunks are read at once, before anything that was put off.
  raw.emit("data", Buffer.of(0x81, 1, 0x61, 0x81, 1, 0x62));
  raw.emit("data", Buffer.of(0x82, 1, 3));
  far.send(Uint8Array.of(4));
  while (heard.length < 4) await new Promise(setImmediate);

  expect(heard).toEqual(["a", "b", Uint8Array.of(3), Uint8Array.of(4)]);
});

test("behind a close of the socket nothing is written past ws, which drops it", async () => {
  const { transport, socket, far, sentByWs } = await join();
  const arrived: unknown[] = [];
  far.on("message", (data) => arrived.push(data));
  socket.close(1000);
  transport.send(Uint8Array.of(1));
  await once(far, "close");

  expect(arrived).toEqual([]);
  expect(sentByWs).toEqual([Uint8Array.of(1)]);
});
