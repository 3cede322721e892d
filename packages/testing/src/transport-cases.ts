/** What every transport promises, as cases that any test runner can run over any of them. */
import type { Transport } from "@concordat/core/transport";
import { expectSame } from "./expect-same.ts";
import { TransportEar } from "./transport-ear.ts";

/** Opens one pipe. Returns its two ends; nobody listens to them yet. */
export type OpenPipe = () => Promise<readonly [Transport, Transport]>;

/** One promise of a transport. */
export interface TransportCase {
  /** The promise, for the test's title. */
  readonly title: string;
  /** Opens what pipes it needs and looks. Rejects with a sentence where the promise is broken. */
  readonly run: (open: OpenPipe) => Promise<void>;
}

/** As long as the longest reason of a WebSocket's close frame. */
const longReason = `client-too-old ${"x".repeat(108)}`;

/**
 * The cases. For each: `test(title, () => run(open))`, where `open` makes a pipe of the transport under test.
 *
 * One that never comes to an end has broken its promise too: the runner's own time limit says so.
 */
export const transportCases: readonly TransportCase[] = [
  {
    title: "text arrives as text and bytes as bytes, in the order in which they were sent",
    async run(open) {
      const { near, ear } = await opened(open);
      const sent = ["{}", Uint8Array.of(0, 255), "Grüße, 世界 🌍", Uint8Array.of(7)];
      for (const message of sent) near.send(message);
      await ear.messages(4);
      expectSame(ear.heard, sent);
    },
  },
  {
    title: "it works in both directions at once",
    async run(open) {
      const { near, far, ear, nearEar } = await opened(open);
      near.send("there");
      far.send("back");
      await Promise.all([ear.messages(1), nearEar.messages(1)]);
      expectSame([ear.heard, nearEar.heard], [["there"], ["back"]]);
    },
  },
  {
    title: "a message without bytes is a message",
    async run(open) {
      const { near, ear } = await opened(open);
      near.send(new Uint8Array(0));
      near.send("after");
      await ear.text("after");
      expectSame(ear.heard, [new Uint8Array(0), "after"]);
    },
  },
  {
    title: "a message arrives whole whatever form its length takes",
    async run(open) {
      const { near, ear } = await opened(open);
      const lengths = [1, 125, 126, 127, 255, 256, 4_096, 4_097, 65_535, 65_536];
      const sent = lengths.map((length) => Uint8Array.from({ length }, (_, at) => at % 251));
      for (const message of sent) near.send(message);
      await ear.messages(sent.length);
      expectSame(ear.heard, sent);
    },
  },
  {
    title: "a message of a megabyte arrives whole",
    async run(open) {
      const { near, ear } = await opened(open);
      const large = Uint8Array.from({ length: 1_048_576 }, (_, at) => at % 251);
      near.send(large);
      await ear.messages(1);
      expectSame(ear.heard, [large]);
    },
  },
  {
    title: "a thousand messages of one turn arrive in order",
    async run(open) {
      const { near, ear } = await opened(open);
      const sent = Array.from({ length: 1_000 }, (_, at) => Uint8Array.of(at % 256, at >> 8));
      for (const message of sent) near.send(message);
      await ear.messages(1_000);
      expectSame(ear.heard, sent);
    },
  },
  {
    title: "what has arrived stays as it was when the sender writes over the bytes that it sent",
    async run(open) {
      const { near, ear } = await opened(open);
      const sent = Uint8Array.of(1, 2, 3);
      near.send(sent);
      await ear.messages(1);
      sent.fill(0);
      expectSame(ear.heard, [Uint8Array.of(1, 2, 3)]);
    },
  },
  {
    title: "bytes that are a view arrive without the rest of their buffer",
    async run(open) {
      const { near, ear } = await opened(open);
      near.send(Uint8Array.of(1, 2, 3, 4).subarray(1, 3));
      await ear.messages(1);
      expectSame(ear.heard, [Uint8Array.of(2, 3)]);
    },
  },
  {
    title: "bytes that arrive are a plain Uint8Array, whatever the runtime has of its own",
    async run(open) {
      const { near, ear } = await opened(open);
      near.send(Uint8Array.of(1));
      await ear.messages(1);
      const [message] = ear.heard;
      expectSame(Object.getPrototypeOf(message), Uint8Array.prototype);
    },
  },
  {
    title: "the sender keeps the bytes that it sent: it may have to send them again",
    async run(open) {
      const { near, ear } = await opened(open);
      const bytes = Uint8Array.of(1, 2, 3);
      near.send(bytes);
      near.send(bytes);
      await ear.messages(2);
      expectSame([bytes, ear.heard], [Uint8Array.of(1, 2, 3), [bytes, bytes]]);
    },
  },
  {
    title: "what comes before anybody listens is kept",
    async run(open) {
      const [near, far] = await open();
      const nearEar = new TransportEar(near);
      near.send("early");
      far.send("ready");
      await nearEar.messages(1);
      const ear = new TransportEar(far);
      await ear.messages(1);
      expectSame(ear.heard, ["early"]);
    },
  },
  {
    title: "a close arrives with its code and all of its reason",
    async run(open) {
      const { near, ear, nearEar } = await opened(open);
      near.close(4426, longReason);
      expectSame(await ear.end, { code: 4426, reason: longReason });
      expectSame((await nearEar.end).code, 4426);
    },
  },
  {
    title: "the other side may close as well",
    async run(open) {
      const { far, nearEar } = await opened(open);
      far.close(4503, "draining spread=5000");
      expectSame(await nearEar.end, { code: 4503, reason: "draining spread=5000" });
    },
  },
  {
    title: "what was sent before a close arrives before it",
    async run(open) {
      const { near, ear } = await opened(open);
      near.send("last words");
      near.send(new Uint8Array(100_000));
      near.close(4400, "bad-handshake");
      expectSame((await ear.end).code, 4400);
      expectSame(ear.heard, ["last words", new Uint8Array(100_000)]);
    },
  },
  {
    title: "the end is told once to each side, also where both close and close again",
    async run(open) {
      const { near, far, ear, nearEar } = await opened(open);
      near.close(1000, "");
      far.close(4000, "other");
      near.close(4001, "again");
      await Promise.all([ear.end, nearEar.end]);
      await ear.quiet();
      expectSame([ear.ends, nearEar.ends], [1, 1]);
    },
  },
  {
    title: "after the end nothing arrives, and nothing throws",
    async run(open) {
      const { near, far, ear, nearEar } = await opened(open);
      near.close(1000, "");
      near.send("late");
      near.send(Uint8Array.of(1));
      await Promise.all([ear.end, nearEar.end]);
      far.send("later");
      far.close(1000, "");
      await ear.quiet();
      expectSame([ear.heard, nearEar.heard], [[], []]);
    },
  },
  {
    title: "an end that came before anybody listened is told to the one who comes",
    async run(open) {
      const [near, far] = await open();
      const nearEar = new TransportEar(near);
      near.close(4401, "unauthenticated");
      await nearEar.end;
      await nearEar.quiet();
      expectSame((await new TransportEar(far).end).code, 4401);
    },
  },
  {
    title: "what waits to be sent is a number, and nothing waits once the peer has read it",
    async run(open) {
      const { near, far, ear, nearEar } = await opened(open);
      near.send(new Uint8Array(500_000));
      expectSame(near.bufferedBytes >= 0, true);
      await ear.messages(1);
      far.send("read");
      await nearEar.messages(1);
      await nearEar.quiet();
      expectSame(near.bufferedBytes, 0);
    },
  },
];

/** A pipe with somebody listening at both ends. */
async function opened(open: OpenPipe): Promise<{
  readonly near: Transport;
  readonly far: Transport;
  readonly nearEar: TransportEar;
  /** At the far end. */
  readonly ear: TransportEar;
}> {
  const [near, far] = await open();
  return { near, far, nearEar: new TransportEar(near), ear: new TransportEar(far) };
}
