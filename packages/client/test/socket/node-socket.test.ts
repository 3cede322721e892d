/** A WebSocket as a transport: it is let go of at once, whatever its state and its peer's manners. */
import {
  FakeClock,
  type MemoryTransport,
  memoryTransports,
  MemoryWebSocket,
  settle,
} from "@concordat/testing";
import { expect, test } from "vitest";
import type { Transport } from "@concordat/core/transport";
import { dialledTransport, dialSocket, endSocket } from "../../src/socket/node-socket.ts";

interface Joined {
  readonly transport: Transport;
  readonly socket: MemoryWebSocket;
  /** The server's end. */
  readonly far: MemoryTransport;
  readonly heard: unknown[];
}

function join(binaryType?: string): Joined {
  const socket = new MemoryWebSocket();
  const [near, far] = memoryTransports();
  const heard: unknown[] = [];
  const transport = dialledTransport(socket, { clock: new FakeClock(), closeMs: 2_000 });
  transport.listen({
    message: (message) => heard.push(message),
    closed: (code, reason) => heard.push({ code, reason }),
  });
  if (binaryType !== undefined) socket.binaryType = binaryType;
  socket.open(near);
  return { transport, socket, far, heard };
}

test("text arrives as text, bytes as bytes", async () => {
  const { far, heard } = join();
  far.send("text");
  far.send(Uint8Array.of(1, 2));
  await settle();

  expect(heard).toEqual(["text", Uint8Array.of(1, 2)]);
});

test("Node's own kind of bytes arrives as well, where a socket ignores what was asked for", async () => {
  const { far, heard } = join("nodebuffer");
  far.send(Uint8Array.of(1, 2));
  await settle();

  expect(heard).toEqual([Uint8Array.of(1, 2)]);
});

test("a message of another kind arrives as bytes that no frame begins with", () => {
  const { heard, socket } = join();
  socket.emit({ type: "message", data: new Blob(["x"]) });

  expect(heard).toEqual([Uint8Array.of(0xc1)]);
});

test("a close by this side is told at once, once, and nothing is heard or sent after it", async () => {
  const { transport, far, heard, socket } = join();
  const arrived: unknown[] = [];
  far.listen({ message: (message) => arrived.push(message), closed: () => undefined });
  transport.close(1000, "");
  transport.close(4800, "");
  transport.send("late");
  far.send("late");
  await settle();

  expect(heard).toEqual([{ code: 1000, reason: "" }]);
  expect(arrived).toEqual([]);
  expect(socket.listening).toBe(1); // "error": `ws` throws where nobody listens
});

test("a close by the peer is told with its code and reason", async () => {
  const { far, heard, socket } = join();
  far.close(4426, "client-too-old");
  await settle();

  expect(heard).toEqual([{ code: 4426, reason: "client-too-old" }]);
  expect(socket.listening).toBe(1); // "error": `ws` throws where nobody listens
});

/** As much of a socket of `ws` as its end needs. */
class EmittingSocket extends MemoryWebSocket {
  terminated = 0;
  readonly on = (): void => undefined;

  terminate(): void {
    this.terminated += 1;
  }
}

/** One whose peer does not answer. */
class SilentSocket extends EmittingSocket {
  override readonly close = (): void => undefined;
}

test("only a class of `ws` is told to inflate nothing, and how long a message may be", () => {
  const told: unknown[][] = [];
  const tell = (...args: unknown[]): void => void told.push(args);
  class Standard extends MemoryWebSocket {
    constructor(...args: unknown[]) {
      super();
      tell(...args);
    }
  }
  class Emitting extends Standard {
    on(): void {
      // Its prototype tells what it is.
    }

    terminate(): void {
      // For the same reason.
    }
  }
  class Halves extends Standard {
    on(): void {
      // Some other library's events.
    }
  }
  class Ending extends Standard {
    terminate(): void {
      // And no events of Node's own.
    }
  }
  class Named extends Ending {
    get on(): string {
      return "a name that is no function";
    }
  }
  for (const Socket of [Standard, Emitting, Halves, Ending, Named]) {
    dialSocket(Socket, "ws://shop.example", ["a"], { messageBytes: 7 });
  }

  const plain = ["ws://shop.example", ["a"]];
  const options = { perMessageDeflate: false, allowSynchronousEvents: true, maxPayload: 7 };
  expect(told).toEqual([plain, [...plain, options], plain, plain, plain]);
});

test("a socket of `ws` hears text and bytes, tells what waits in it, and is let go of at once", async () => {
  const closes: unknown[] = [];
  const listeners = new Map<string, (data: Uint8Array, isBinary: boolean) => void>();
  const socket = Object.assign(new EmittingSocket(), {
    on: (event: string, listener: (data: Uint8Array, isBinary: boolean) => void) =>
      listeners.set(event, listener),
    close: (...args: unknown[]) => closes.push(args),
  });
  const heard: unknown[] = [];
  const clock = new FakeClock();
  const transport = dialledTransport(socket, { clock, closeMs: 2_000 });
  transport.listen({
    message: (message) => heard.push(message),
    closed: (code, reason) => heard.push({ code, reason }),
  });
  socket.bufferedAmount = 7;
  expect(transport.bufferedBytes).toBe(7);
  const emit = (data: Uint8Array, isBinary: boolean): void =>
    listeners.get("message")?.(data, isBinary);
  emit(new TextEncoder().encode("text"), false);
  emit(Buffer.from([1, 2]), true);
  transport.close(4801, "suspended");
  emit(Buffer.from([3]), true);

  expect(heard).toEqual(["text", Uint8Array.of(1, 2), { code: 4801, reason: "suspended" }]);
  expect(Buffer.isBuffer(heard[1])).toBe(false);
  expect(closes).toEqual([[4801, "suspended"]]);
  await clock.advance(2_000);
  expect(socket.terminated).toBe(1);
});

test("a socket that can be destroyed is, where the peer does not answer the close within its time", async () => {
  const clock = new FakeClock();
  const socket = new SilentSocket();
  endSocket(socket, 1000, "", { clock, closeMs: 2_000 });
  await clock.advance(1_999);
  expect(socket.terminated).toBe(0);
  await clock.advance(1);

  expect(socket.terminated).toBe(1);
});

test("a peer that answers the close calls that off", async () => {
  const clock = new FakeClock();
  const socket = new EmittingSocket();
  endSocket(socket, 1000, "", { clock, closeMs: 2_000 });
  await settle();
  await clock.advance(5_000);

  expect(socket.terminated).toBe(0);
  expect(clock.waiting).toBe(0);
});

test("a runtime that refuses the code still lets go of the socket", () => {
  const closes: unknown[][] = [];
  const socket = Object.assign(new MemoryWebSocket(), {
    close(...args: unknown[]) {
      closes.push(args);
      if (args.length > 0) throw new Error("InvalidAccessError");
    },
  });
  endSocket(socket, 1011, "", { clock: new FakeClock(), closeMs: 1 });

  expect(closes).toEqual([[1011, ""], []]);
});
