/** The WebSocket without a network behaves as those of browsers do, where a client could tell the difference. */
import { expect, test } from "vitest";
import {
  type MemorySocketEvent,
  type MemoryUpgrade,
  memoryWebSocket,
  settle,
} from "../src/index.ts";

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
