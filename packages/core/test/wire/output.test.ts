/** Memory that is written to: what was taken as a part stays, what was cut off is gone. */
import { expect, test } from "vitest";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import { Output } from "../../src/wire/output.ts";
import { putNumber, putRaw } from "../../src/wire/sink.ts";
import { putText } from "../../src/wire/sink-text.ts";
import { valueToBytes } from "../../src/wire/values.ts";

test("what was cut off is gone, and a part taken before stays as it was", () => {
  const output = new Output(2);
  putText(output, "kept");
  const before = output.part();
  putText(output, "gone");
  output.cut(before.length);
  putNumber(output, 7);

  expect(output.part()).toEqual(concatBytes([valueToBytes("kept"), valueToBytes(7)]));
  expect(before).toEqual(valueToBytes("kept"));
});

test("what is larger than all before it takes no more memory than it is long", () => {
  const output = new Output(16);
  putRaw(output, new Uint8Array(1_000));

  expect(output.part().buffer.byteLength).toBe(1_000);
});
