/** Memory that messages are cut out of: what was taken stays, what was cut off is gone. */
import { expect, test } from "vitest";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import { Output } from "../../src/wire/output.ts";
import { putByte, putNumber, putRaw } from "../../src/wire/sink.ts";
import { putText } from "../../src/wire/sink-text.ts";
import { valueToBytes } from "../../src/wire/values.ts";

test("what was cut off is gone, and a part taken before stays as it was", () => {
  const output = new Output(2);
  output.begin();
  putText(output, "kept");
  const before = output.part();
  putText(output, "gone");
  output.cut(before.length);
  putNumber(output, 7);

  expect(output.take()).toEqual(concatBytes([valueToBytes("kept"), valueToBytes(7)]));
  expect(before).toEqual(valueToBytes("kept"));
});

test("messages of one piece of memory do not touch each other, however they grow", () => {
  const output = new Output(16);
  const messages = [3, 5, 100, 1, 16, 9].map((length, index) => {
    output.begin();
    for (let at = 0; at < length; at += 1) putByte(output, index);
    return output.take();
  });

  expect(messages.map((message) => message.length)).toEqual([3, 5, 100, 1, 16, 9]);
  messages.forEach((message, index) => {
    expect(message.every((byte) => byte === index)).toBe(true);
  });
});

test("a message that needs memory of its own takes no more than it is long", () => {
  const output = new Output(16);
  output.begin();
  putRaw(output, new Uint8Array(1_000));

  expect(output.take().buffer.byteLength).toBe(1_000);
});
