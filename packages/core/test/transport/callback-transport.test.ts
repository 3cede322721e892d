/** A socket whose events are handed in: whoever listens late is told all that came, and the end once. */
import { settle } from "@concordat/testing";
import { expect, test } from "vitest";
import { CallbackTransport } from "../../src/transport.ts";

test("a listener that closes over a message which came before it is told the end once, and nothing behind it", async () => {
  const transport = new CallbackTransport({ send: () => undefined, close: () => undefined });
  const told: unknown[] = [];
  transport.message("first");
  transport.message("second");

  transport.listen({
    message(message) {
      told.push(message);
      transport.close(4400, "bad-handshake");
    },
    closed: (code, reason) => told.push({ code, reason }),
  });
  await settle();

  expect(told).toEqual(["first", { code: 4400, reason: "bad-handshake" }]);
});

test("an end that came before anybody listened is told behind the messages before it", async () => {
  const transport = new CallbackTransport({ send: () => undefined, close: () => undefined });
  const told: unknown[] = [];
  transport.message("first");
  transport.closed(4503, "draining");

  transport.listen({
    message: (message) => told.push(message),
    closed: (code, reason) => told.push({ code, reason }),
  });
  await settle();

  expect(told).toEqual(["first", { code: 4503, reason: "draining" }]);
});
