/** Messages that are written anew: none that somebody still needs. */
import { expect, test } from "vitest";
import { OutgoingMessage } from "../../src/call/outgoing-message.ts";
import { SpareMessages } from "../../src/call/spare-messages.ts";
import { putNumber } from "../../src/wire/sink.ts";

function written(capacity = 128): OutgoingMessage {
  const message = new OutgoingMessage(capacity);
  putNumber(message, 7);
  message.took(true);
  return message;
}

test("a message that nobody needs is written anew, as good as new", () => {
  const spares = new SpareMessages();
  const message = written();
  spares.give(message);
  const spare = spares.take(128);

  expect(spare).toBe(message);
  expect([spare?.at, spare?.frames, spare?.counted]).toEqual([0, 0, 0]);
  expect(spares.take(128)).toBeUndefined();
});

test("one that holds what somebody keeps is never given out", () => {
  const spares = new SpareMessages();
  const message = written();
  message.lent = 1;
  spares.give(message);

  expect(spares.take(128)).toBeUndefined();
  expect(spares.take(128)).toBeUndefined();
});

test("one with less room than is asked for is let go", () => {
  const spares = new SpareMessages();
  spares.give(written(128));

  expect(spares.take(129)).toBeUndefined();
  expect(spares.take(1)).toBeUndefined();
});

test("eight are kept at most", () => {
  const spares = new SpareMessages();
  for (let count = 0; count < 9; count += 1) spares.give(written());
  const taken = Array.from({ length: 9 }, () => spares.take(1));
  expect(taken.filter((spare) => spare !== undefined)).toHaveLength(8);
});
