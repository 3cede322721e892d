/** The WebSocket without a network behaves as those of browsers do, where a client could tell the difference. */
import { expect, test } from "vitest";
import {
  type MemorySocketEvent,
  type MemoryUpgrade,
  memoryWebSocket,
  settle,
} from "../src/index.ts";
import { TransportEar } from "../src/transport-ear.ts";

function dial(): {
  socket: InstanceType<ReturnType<typeof memoryWebSocket>>;
  upgrades: MemoryUpgrade[];
  events: MemorySocketEvent[];
} {
  const upgrades: MemoryUpgrade[] = [];
  const events: MemorySocketEvent[] = [];
  const WebSocket = memoryWebSocket((upgrade) => upgrades.push(upgrade));
  const socket = new WebSocket("ws://x", ["concordat.v1"]);
  socket.binaryType = "arraybuffer";
  for (const type of ["open", "message", "error", "close"]) {
    socket.addEventListener(type, (event) => events.push(event));
  }
  return { socket, upgrades, events };
}

test("nothing happens in the turn that dials, and nothing at all until the server answers", async () => {
  const { socket, upgrades, events } = dial();
  expect(upgrades).toHaveLength(0);
  await settle();

  expect(upgrades).toMatchObject([{ url: "ws://x", protocols: ["concordat.v1"] }]);
  expect(events).toEqual([]);
  expect(() => socket.send("early")).toThrow(/still connecting/);
});

test("bytes arrive as a copy that the sender can no longer change", async () => {
  const { upgrades, events } = dial();
  await settle();
  const bytes = Uint8Array.of(1, 2);
  upgrades[0]?.accept().send(bytes);
  await settle();
  bytes[0] = 9;

  expect(events).toMatchObject([{ type: "open" }, { type: "message" }]);
  expect(events[1]?.data).toEqual(Uint8Array.of(1, 2).buffer);
});

test("an attempt that fails is told by error and close, without open", async () => {
  const { upgrades, events } = dial();
  await settle();
  upgrades[0]?.fail();

  expect(events).toMatchObject([{ type: "error" }, { type: "close", code: 1006, reason: "" }]);
});

test("a page may close with 1000, 3000 to 4999 and nothing else", async () => {
  const { socket } = dial();
  for (const code of [1001, 1006, 1011, 2999, 5000]) {
    expect(() => socket.close(code)).toThrow(/may not close/);
  }
  socket.close(4801);

  expect(socket.readyState).toBe(2);
});

test("a page that closes while it connects is told by error and close, and a late answer changes nothing", async () => {
  const { socket, upgrades, events } = dial();
  await settle();
  socket.close(1000);
  expect([socket.readyState, events]).toEqual([2, []]);
  await settle();
  upgrades[0]?.accept();
  upgrades[0]?.fail();

  expect(socket.readyState).toBe(3);
  expect(events).toEqual([
    { type: "error" },
    { type: "close", code: 1006, reason: "", wasClean: false },
  ]);
});

test("it opens once, text and bytes go both ways, and its close arrives with code and reason", async () => {
  const { socket, upgrades, events } = dial();
  await settle();
  const far = upgrades[0]?.accept();
  if (far === undefined) throw new Error("Nobody has dialled.");
  const ear = new TransportEar(far);
  expect(socket.readyState).toBe(1);
  upgrades[0]?.accept();
  socket.binaryType = "blob";
  socket.send("to");
  socket.send(Uint8Array.of(1));
  far.send("fro");
  far.send(Uint8Array.of(2));
  await settle();
  socket.close(3000, "over");
  socket.close(4999, "again");
  expect(socket.readyState).toBe(2);
  await settle();

  expect(ear.heard).toEqual(["to", Uint8Array.of(1)]);
  expect(await ear.end).toEqual({ code: 3000, reason: "over" });
  expect(socket.readyState).toBe(3);
  expect(events).toEqual([
    { type: "open" },
    { type: "message", data: "fro" },
    { type: "message", data: Uint8Array.of(2) },
    { type: "close", code: 3000, reason: "over", wasClean: true },
  ]);
});

test("a listener that was removed hears nothing, and the others are counted", async () => {
  const { socket, events } = dial();
  const heard: unknown[] = [];
  const hear = (event: MemorySocketEvent): void => void heard.push(event);
  socket.addEventListener("close", hear);
  expect(socket.listening).toBe(5);
  socket.removeEventListener("close", hear);
  socket.removeEventListener("other", hear);
  expect(socket.listening).toBe(4);
  socket.end(1000, "");
  await settle();

  expect(heard).toEqual([]);
  expect(events).toHaveLength(1);
});
