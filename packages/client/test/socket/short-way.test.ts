/** Small messages go past ws where they may, and nobody can tell: a real socket, with a server of ws at its other end. */
import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { FakeClock } from "@concordat/testing";
import type { Transport } from "@concordat/core/transport";
import { afterEach, expect, test, vi } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { dialSocket } from "../../src/socket/node-socket.ts";

const running: { close(): void }[] = [];

afterEach(() => {
  for (const each of running.splice(0)) each.close();
  vi.restoreAllMocks();
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
  readonly sentByWs: () => unknown[];
}

/** What a class of somebody's own asks of ws. */
interface DiallingOptions {
  readonly deflates?: boolean;
  readonly allowSynchronousEvents?: boolean;
  /** Default: ws itself. */
  readonly Base?: typeof WebSocket;
}

/** A socket that has opened, and its other end. */
async function join(options: DiallingOptions = {}): Promise<Joined> {
  const { deflates = false, Base = WebSocket, ...asked } = options;
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", perMessageDeflate: deflates });
  running.push(server);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  const sent = vi.spyOn(WebSocket.prototype, "send");
  class Dialling extends Base {
    constructor(address: string, protocols: string[], told?: object) {
      super(address, protocols, { ...told, perMessageDeflate: deflates, ...asked });
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
  const sentByWs = (): unknown[] =>
    sent.mock.calls.flatMap(([data], call) => (sent.mock.contexts[call] === socket ? [data] : []));
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
  expect(sentByWs()).toEqual(long);
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
  expect(sentByWs()).toEqual([Uint8Array.of(1)]);
});

/** What somebody saw of a socket. */
let seen: unknown[];

/** Shows what is sent. */
class ShowingSent extends WebSocket {
  override send(data: Buffer): void {
    seen.push([...data]);
    super.send(data);
  }
}

/** Shows what comes, as a class that replaces the events does. */
class ShowingEvents extends WebSocket {
  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === "message") seen.push([...(args[0] as Buffer)]); // as ws emits it
    return super.emit(event, ...args);
  }
}

/** Shows what comes, and who listens, as what traces does. */
class ShowingAllEvents extends ShowingEvents {
  override on(...told: Parameters<WebSocket["on"]>): this {
    return super.on(...told);
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    return super.emit(event, ...args);
  }
}

/** Shows what comes, as anybody may who listens. */
class Listening extends WebSocket {
  constructor(...told: readonly unknown[]) {
    super(...(told as [string, string[]])); // as it is dialled
    this.on("message", (data: Buffer) => seen.push([...data]));
  }
}

test.each([
  ["replaces what sends", ShowingSent, [1]],
  ["replaces what emits", ShowingEvents, [2]],
  ["replaces all that is of events", ShowingAllEvents, [2]],
  ["listens to messages", Listening, [2]],
])("a class of somebody's own that %s sees small messages, too", async (_what, Base, shown) => {
  seen = [];
  const { transport, far, heard } = await join({ Base });
  transport.send(Uint8Array.of(1));
  far.send(Uint8Array.of(2));
  await once(far, "message");
  while (heard.length === 0) await new Promise(setImmediate);

  expect(seen).toEqual([shown]);
  expect(heard).toEqual([Uint8Array.of(2)]);
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
  expect(sentByWs()).toEqual([Uint8Array.of(1)]);
});
