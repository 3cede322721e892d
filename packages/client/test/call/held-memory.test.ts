/** What items that wait hold of the messages they came in. */
import { expect, test } from "vitest";
import { HeldMemory } from "../../src/call/held-memory.ts";

function itemOf(bytes: number, messageBytes: number): Uint8Array {
  return new Uint8Array(messageBytes).subarray(0, bytes);
}

test("small items of large messages are copied once much is held, and again not when it was taken", () => {
  const memory = new HeldMemory();
  const items = [1, 2, 3].map(() => itemOf(1, 400_000));
  const kept = items.map((item) => memory.keep(item));
  expect(kept.map(({ buffer }) => buffer.byteLength)).toEqual([400_000, 400_000, 1]);
  for (const item of kept) memory.release(item);
  memory.clear();

  const [again] = items;
  expect(again && memory.keep(again)).toBe(again);
});

test("what is held falls with each message whose items were taken", () => {
  const memory = new HeldMemory();
  for (let count = 0; count < 100; count += 1) {
    const item = itemOf(1, 400_000);
    expect(memory.keep(item)).toBe(item);
    memory.release(item);
  }
});

test("what was taken before nothing waited leaves no room beyond the bound", () => {
  const memory = new HeldMemory();
  const before = itemOf(1, 1_000_000);
  memory.release(memory.keep(before));
  memory.clear();
  const [first, second, third] = [1, 2, 3].map(() => itemOf(1, 400_000));
  if (first === undefined || second === undefined || third === undefined) throw new Error("three");
  memory.keep(first);
  memory.keep(second);
  memory.release(first);

  expect(memory.keep(third).buffer.byteLength).toBe(1);
});

test("items that fill their messages are never copied", () => {
  const memory = new HeldMemory();
  for (let count = 0; count < 100; count += 1) {
    const message = new Uint8Array(1_000_000);
    for (const item of [message.subarray(0, 600_000), message.subarray(600_000)]) {
      expect(memory.keep(item)).toBe(item);
    }
  }
});

test("a message of which several items wait is counted once, and is free once", () => {
  const memory = new HeldMemory();
  const message = new Uint8Array(600_000);
  const items = [message.subarray(0, 1), message.subarray(1, 2), itemOf(1, 600_000)];
  const kept = items.map((item) => memory.keep(item));
  expect(kept.map(({ buffer }) => buffer.byteLength)).toEqual([600_000, 600_000, 1]);
  for (const item of kept) memory.release(item);

  expect(memory.keep(itemOf(1, 600_000)).buffer.byteLength).toBe(600_000);
  expect(memory.keep(itemOf(1, 600_000)).buffer.byteLength).toBe(1);
});

test("what nobody waits for any more is free, and counts again where more of its message is kept", () => {
  const memory = new HeldMemory();
  const message = new Uint8Array(600_000);
  memory.keep(message.subarray(0, 1));
  memory.clear();

  expect(memory.keep(message.subarray(1, 2)).buffer.byteLength).toBe(600_000);
  expect(memory.keep(itemOf(1, 600_000)).buffer.byteLength).toBe(1);
});

test("an item of half of its message or more is not worth a copy", () => {
  const memory = new HeldMemory();
  memory.keep(itemOf(1, 1_000_000));

  expect(memory.keep(itemOf(200_000, 400_000)).buffer.byteLength).toBe(400_000);
  expect(memory.keep(itemOf(199_999, 400_000)).buffer.byteLength).toBe(199_999);
});
