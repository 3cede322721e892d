/** A request that is kept until its call is over: written once, and in nobody's memory for longer than it has to be. */
import { Output, putRaw, type Sink } from "@concordat/core/internal";
import { expect, test } from "vitest";
import { KeptRequest } from "../../src/call/kept-request.ts";
import type { BoundProcedure } from "../../src/call/procedure.ts";

/** As much of a procedure as writes a request: one byte ahead of those of its text, which tells the form. */
function form(mark: string, others: readonly BoundProcedure[] = []): BoundProcedure {
  const writeRequest = (request: { readonly text: string }, to: Sink): void =>
    putRaw(to, new TextEncoder().encode(mark + request.text));
  return { older: () => others, writeRequest } as unknown as BoundProcedure; // nothing else of it is asked for
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

test("what was written now stays as it was, in every form, whatever becomes of what was given", () => {
  const older = form("o");
  const newest = form("n", [older]);
  const given = { text: "abc" };
  const kept = new KeptRequest(newest, given);
  expect(kept.length).toBe(0);
  expect(textOf(kept.writtenIn(newest).bytes)).toBe("nabc");
  given.text = "changed";

  expect(textOf(kept.writtenIn(newest).bytes)).toBe("nabc");
  expect(textOf(kept.writtenIn(older).bytes)).toBe("oabc");
  expect(kept.length).toBe(4);
});

test("in a form that it was not written in yet it has no length", () => {
  const newest = form("n");
  const kept = new KeptRequest(newest, { text: "abc" }).writtenIn(newest);

  expect(kept.in(newest).length).toBe(4);
  expect(kept.in(form("o")).length).toBe(0);
});

test("its bytes are those behind what the message had already", () => {
  const to = new Output();
  putRaw(to, new Uint8Array(3));
  const kept = new KeptRequest(form("n"), { text: "abc" });
  kept.put(to);
  putRaw(to, new Uint8Array(3));

  expect(kept.length).toBe(4);
  expect(textOf(kept.bytes)).toBe("nabc");
});

test("a message is lent to it while it needs it, and to be written anew when it does not", () => {
  const [first, second] = [new Output(), new Output()];
  const kept = new KeptRequest(form("n"), { text: "abc" });
  kept.put(first);
  expect(first.lent).toBe(1);
  kept.put(second);
  expect([first.lent, second.lent]).toEqual([0, 1]);
  expect(textOf(second.part())).toBe("nabc");

  kept.done();
  kept.done();
  expect([first.lent, second.lent]).toEqual([0, 0]);
});

test("a form that it does not match says so when it is to be sent, and not before", () => {
  const strict = form("s");
  const fault = new Error("does not match");
  Object.assign(strict, {
    writeRequest() {
      throw fault;
    },
  });
  const newest = form("n", [strict]);
  const kept = new KeptRequest(newest, { text: "abc" }).writtenIn(newest);

  expect(() => kept.writtenIn(strict)).toThrow(fault);
});
