/** A client that is a script: it speaks to a real server, and lies where it is told to. */
import { ConcordatError, defineContract, serverStream, unary } from "@concordat/core";
import { createServer, implement } from "@concordat/server/portable";
import { Type } from "typebox";
import { expect, test } from "vitest";
import { FakeClock, memoryTransports, ScriptedCaller, settle } from "../src/index.ts";

const contract = defineContract("answers", {
  double: unary({ request: Type.Integer(), response: Type.Integer() }),
  upTo: serverStream({ request: Type.Integer(), response: Type.Integer() }),
});

function caller(): ScriptedCaller {
  const server = createServer({
    clock: new FakeClock(),
    log: () => undefined,
    services: [
      implement(contract, {
        handlers: {
          double: (n) => n * 2,
          async *upTo(end) {
            for (let n = 1; n <= end; n += 1) yield n;
            throw new ConcordatError("out_of_range", "No more.");
          },
        },
      }),
    ],
  });
  const [near, far] = memoryTransports();
  server.accept(far);
  return new ScriptedCaller(near);
}

test("it greets, calls and gets values", async () => {
  const peer = caller();
  peer.greet([contract]);
  peer.request(1, "answers/double", 21);
  peer.request(2, "answers/upTo", 3);
  await settle();

  expect(peer.values(1)).toEqual([42]);
  expect(peer.values(2)).toEqual([1, 2, 3]);
  expect(peer.heard("error")).toMatchObject([{ id: 2, fault: { code: "out_of_range" } }]);
});

test("a lie in its hello is answered as a liar is", async () => {
  const peer = caller();
  peer.greet([contract], { wire: [99] });
  await settle();

  expect(peer.end).toMatchObject({ code: 4427 });
});

test("a call that it gives up is not answered", async () => {
  const peer = caller();
  peer.greet([contract]);
  peer.request(1, "answers/upTo", 1_000_000);
  await settle();
  peer.cancel(1);
  await settle();

  expect(peer.heard("error")).toEqual([]);
  expect(peer.heard("end")).toEqual([]);
});
