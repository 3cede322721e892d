/** A port whose other end says whatever can be cloned: it is closed with a code, and nothing of it is looked into. */
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { once } from "node:events";
import { afterEach, describe, expect, test } from "vitest";
import { messagePortTransport } from "../../src/transport.ts";
import type { Transport } from "../../src/transport.ts";

const ports: MessagePort[] = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

interface Stage {
  readonly transport: Transport;
  /** The other end, bare. */
  readonly port: MessagePort;
  readonly heard: unknown[];
  /** Settles with the end. */
  readonly ended: Promise<unknown>;
}

function stage(): Stage {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const transport = messagePortTransport(port1);
  const heard: unknown[] = [];
  const ended = new Promise((resolve) => {
    transport.listen({
      message: (message) => heard.push(message),
      closed: (code, reason) => resolve({ code, reason }),
    });
  });
  return { transport, port: port2, heard, ended };
}

/** What no frame begins with. */
const unreadable = Uint8Array.of(0xc1);

function post({ port }: Stage, data: unknown): void {
  // oxlint-disable-next-line require-post-message-target-origin -- a port is no window
  port.postMessage(data);
}

/** Waits for all that was posted before. */
async function quiet({ port, heard }: Stage): Promise<void> {
  port.postMessage("end");
  while (heard.at(-1) !== "end") await new Promise((resolve) => setTimeout(resolve, 1));
  heard.pop();
}

describe("what is neither text nor bytes arrives as bytes that no frame begins with", () => {
  const nested: unknown[] = [];
  for (let at = 0, inner = nested; at < 1_000; at += 1) {
    const next: unknown[] = [];
    inner.push(next);
    inner = next;
  }
  test.each<readonly [what: string, data: unknown]>([
    ["an object", { concordat: "hello", toString: "lie" }],
    ["a list", [1, 2, 3]],
    ["a list nested a thousand times", nested],
    ["a map", new Map([["message", 1]])],
    ["an error", new Error("x")],
    ["a date", new Date(0)],
    ["nothing", undefined],
    ["null", null],
    ["a number", 7],
    ["a big integer", 7n],
    ["words of sixteen bits", Uint16Array.of(1)],
    ["a view of data", new DataView(new ArrayBuffer(4))],
    ["memory that the peer may still change", new Uint8Array(new SharedArrayBuffer(4))],
    ["shared memory itself", new SharedArrayBuffer(4)],
  ])("%s", async (_what, data) => {
    const staged = stage();
    post(staged, data);
    await quiet(staged);

    expect(staged.heard).toEqual([unreadable]);
  });

  test("a port", async () => {
    const staged = stage();
    const { port1 } = new MessageChannel();
    staged.port.postMessage(port1, [port1]);
    await quiet(staged);

    expect(staged.heard).toEqual([unreadable]);
  });
});

describe("a close that lies is no close", () => {
  test.each<readonly [what: string, data: unknown]>([
    ["a code that is no number", ["close", "4426", ""]],
    ["a code that is no whole number", ["close", 4426.5, ""]],
    ["a code below all", ["close", 999, ""]],
    ["a code above all", ["close", 5000, ""]],
    ["a reason that is no text", ["close", 4426, { length: 1 }]],
    ["a reason of 124 bytes", ["close", 4426, "x".repeat(124)]],
    [
      "a reason of 41 characters that take 123 bytes, and one more",
      ["close", 4426, `${"世".repeat(41)}x`],
    ],
    ["a reason of ten million characters", ["close", 4426, "x".repeat(10_000_000)]],
    ["another name", ["Close", 4426, ""]],
    ["a member more", ["close", 4426, "", 1]],
  ])("%s", async (_what, data) => {
    const staged = stage();
    post(staged, data);
    await quiet(staged);

    expect(staged.heard).toEqual([unreadable]);
  });
});

test("a buffer that was transferred arrives as bytes", async () => {
  const staged = stage();
  const { buffer } = Uint8Array.of(1, 2);
  staged.port.postMessage(buffer, [buffer]);
  await quiet(staged);

  expect(staged.heard).toEqual([Uint8Array.of(1, 2)]);
});

test("a view into a large buffer does not pin the buffer", async () => {
  const staged = stage();
  post(staged, new Uint8Array(1_000_000).subarray(7, 9));
  await quiet(staged);
  const [message] = staged.heard as Uint8Array[]; // looked at in the next line

  expect(message?.buffer.byteLength).toBe(2);
});

test("a view into a large buffer is sent without the rest of it", async () => {
  const { transport, port } = stage();
  transport.send(new Uint8Array(1_000_000).subarray(7, 9));
  const [sent] = (await once(port, "message")) as [Uint8Array]; // what was just sent

  expect(sent.buffer.byteLength).toBe(2);
});

test("a peer that closes its port without a word is told as lost", async () => {
  const { port, ended } = stage();
  port.close();

  expect(await ended).toEqual({ code: 1006, reason: "" });
});

test("a worker that ends without a word is told as lost, after all that it said", async () => {
  const program = `
    const { workerData } = require("node:worker_threads");
    workerData.postMessage("last words");
    process.exit(1);`;
  const { port1, port2 } = new MessageChannel();
  const heard: unknown[] = [];
  const ended = new Promise((resolve) => {
    messagePortTransport(port1).listen({
      message: (message) => heard.push(message),
      closed: (code, reason) => resolve({ code, reason }),
    });
  });
  const worker = new Worker(program, { eval: true, workerData: port2, transferList: [port2] });
  await once(worker, "exit");

  expect(await ended).toEqual({ code: 1006, reason: "" });
  expect(heard).toEqual(["last words"]);
});

test("a port that throws when something is posted has ended, and the sender is told so", async () => {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const transport = messagePortTransport({
    postMessage() {
      throw new Error("the frame was removed");
    },
    close: () => undefined,
    on: () => undefined,
  });
  const ends: unknown[] = [];
  transport.listen({ message: () => undefined, closed: (code) => ends.push(code) });
  transport.send("x");
  transport.close(1000, "");

  expect(ends).toEqual([1006]);
});
