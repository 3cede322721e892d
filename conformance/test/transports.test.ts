/** The promises of a transport, kept by each that there is; and broken by some that are wrong on purpose. */
import { MessageChannel as WorkerChannel } from "node:worker_threads";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import {
  CallbackTransport,
  memoryTransports,
  messagePortTransport,
  type Transport,
  webSocketTransport,
} from "@concordat/core/transport";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { callCases, encodings, type OpenPipe, transportCases } from "@concordat/testing";

const left: (() => void)[] = [];

afterEach(() => {
  for (const end of left.splice(0)) end();
});

const pipes: readonly (readonly [name: string, open: OpenPipe])[] = [
  ["a pipe in memory", async () => memoryTransports()],
  ["a standard MessagePort", async () => channel(new MessageChannel())],
  ["a MessagePort of worker_threads", async () => channel(new WorkerChannel())],
  ["a port that emits", async () => emittingPorts()],
  ["standard WebSockets", openSockets],
  ["a socket whose events come as calls", openCallbacks],
];

describe.each(pipes)("%s", (_name, open) => {
  test.each(transportCases)("$title", async ({ run }) => {
    await expect(run(open)).resolves.toBeUndefined();
  });

  describe.each(encodings)("in %s", (encoding) => {
    test.each(callCases)("$title", { timeout: 30_000 }, async ({ run }) => {
      await expect(run({ open, encoding })).resolves.toBeUndefined();
    });
  });
});

describe("a transport that breaks its promise is found out", () => {
  const broken: readonly (readonly [how: string, spoil: (transport: Transport) => Transport])[] = [
    ["loses reasons", (whole) => spoiled(whole, { close: (code) => whole.close(code, "") })],
    [
      "sends text as bytes",
      (whole) => spoiled(whole, { send: (sent) => whole.send(bytesOf(sent)) }),
    ],
    [
      "drops empty messages",
      (whole) => spoiled(whole, { send: (sent) => void (sent.length > 0 && whole.send(sent)) }),
    ],
    [
      "tells its end twice",
      (whole) =>
        spoiled(whole, {
          listen: (listener) =>
            whole.listen({
              message: (message) => listener.message(message),
              closed(code, reason) {
                listener.closed(code, reason);
                listener.closed(code, reason);
              },
            }),
        }),
    ],
    ["never empties", (whole) => spoiled(whole, { bufferedBytes: 1 })],
    [
      "eats what it sends",
      (whole) =>
        spoiled(whole, {
          send(sent) {
            whole.send(sent.slice());
            if (typeof sent !== "string") sent.fill(0);
          },
        }),
    ],
  ];

  test.each(broken)("one that %s", async (_how, spoil) => {
    const open: OpenPipe = async () => {
      const [near, far] = memoryTransports();
      return [spoil(near), far];
    };
    await expect(Promise.all(transportCases.map(({ run }) => run(open)))).rejects.toThrow(
      /^Expected .* but there is/,
    );
  });
});

function spoiled(whole: Transport, how: Partial<Transport>): Transport {
  return {
    get bufferedBytes() {
      return whole.bufferedBytes;
    },
    send: (message) => whole.send(message),
    close: (code, reason) => whole.close(code, reason),
    listen: (listener) => whole.listen(listener),
    ...how,
  };
}

function bytesOf(message: string | Uint8Array): Uint8Array {
  return typeof message === "string" ? new TextEncoder().encode(message) : message;
}

function channel({
  port1,
  port2,
}: MessageChannel | WorkerChannel): readonly [Transport, Transport] {
  left.push(() => port1.close());
  return [messagePortTransport(port1), messagePortTransport(port2)];
}

/** Ports in the form of Electron's main process: events with a member `data`, and no `addEventListener`. */
function emittingPorts(): readonly [Transport, Transport] {
  const { port1, port2 } = new WorkerChannel();
  left.push(() => port1.close());
  const emitting = (port: typeof port1): Parameters<typeof messagePortTransport>[0] => ({
    postMessage: (message) => port.postMessage(message),
    close: () => port.close(),
    start: () => port.start(),
    on: (event, listener) => port.on(event, (data: unknown) => listener({ data })),
  });
  return [messagePortTransport(emitting(port1)), messagePortTransport(emitting(port2))];
}

async function sockets(): Promise<readonly [WebSocket, WebSocket]> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  left.push(() => server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo; // a server that listens on a port has one
  const near = new WebSocket(`ws://127.0.0.1:${port}/`);
  const [[far]] = await Promise.all([once(server, "connection"), once(near, "open")]);
  return [near, far as WebSocket]; // what ws hands to "connection"
}

async function openSockets(): Promise<readonly [Transport, Transport]> {
  const [near, far] = await sockets();
  return [webSocketTransport(near), webSocketTransport(far)];
}

async function openCallbacks(): Promise<readonly [Transport, Transport]> {
  const [near, far] = await sockets();
  return [webSocketTransport(near), byCalls(far)];
}

/** As an adapter for a runtime of that kind would be written. */
function byCalls(socket: WebSocket): Transport {
  const transport = new CallbackTransport({
    send: (message) => socket.send(message),
    close: (code, reason) => socket.close(code, reason),
    bufferedBytes: () => socket.bufferedAmount,
  });
  socket.on("message", (data: Buffer, isBinary) =>
    transport.message(isBinary ? data : data.toString()),
  );
  socket.on("close", (code, reason) => transport.closed(code, reason.toString()));
  return transport;
}
