/** Where bytes, time and the conversation meet: one message a turn, one timer, and none left behind. */
import { FakeClock, settle } from "@concordat/testing";
import { describe, expect, test, vi } from "vitest";
import { pump } from "../../src/session/pump.ts";
import { slowReader } from "../../src/session/slow-reader.ts";
import type { Session, SessionPort } from "../../src/session/session-port.ts";
import { SilentTransport } from "./silent-transport.ts";

/** A session that does what a test tells it to. */
class Puppet implements Session {
  wakeAt: number | undefined;
  readonly told: string[] = [];
  readonly port: SessionPort;
  toFlush: Uint8Array[] = [];
  waitingBytes = 0;
  callsOpen = 0;
  /** What happens while a message is received. */
  received = (): void => undefined;

  constructor(port: SessionPort) {
    this.port = port;
  }

  receive(message: string | Uint8Array): void {
    this.told.push(`receive ${String(message)}`);
    this.received();
  }

  tick(now: number): void {
    this.told.push(`tick ${now}`);
    if (this.wakeAt !== undefined && this.wakeAt <= now) this.wakeAt = undefined;
  }

  flush(): void {
    this.told.push("flush");
    for (const message of this.toFlush.splice(0)) this.port.send(message);
  }

  closed(code: number, _reason: string, fault?: string): void {
    this.told.push(fault === undefined ? `closed ${code}` : `closed ${code} ${fault}`);
    this.wakeAt = undefined;
  }
}

function start(
  wakeAt?: number,
  answers = false,
  isWatched = true,
): {
  readonly clock: FakeClock;
  readonly transport: SilentTransport;
  readonly session: Puppet;
} {
  const clock = new FakeClock(0);
  const transport = new SilentTransport();
  const session = pump({
    watch: isWatched ? slowReader : undefined,
    transport,
    clock,
    limits: { bufferedBytes: 100, slowMs: 1_000 },
    answers,
    session: (port) => {
      const puppet = new Puppet(port);
      puppet.wakeAt = wakeAt;
      return puppet;
    },
  });
  return { clock, transport, session };
}

/** A session that was told something and has an answer to it. */
function answering(callsOpen: number, answers = true): Puppet {
  const { session, transport } = start(undefined, answers);
  session.received = () => {
    session.waitingBytes = 1;
    session.callsOpen = callsOpen;
    session.port.pending();
  };
  transport.listener?.message("request");
  return session;
}

test("however often a session says that something waits, it is flushed once in a turn", async () => {
  const { session } = start();
  session.port.pending();
  session.port.pending();
  session.port.pending();
  expect(session.told).toEqual([]);
  await settle();
  expect(session.told).toEqual(["flush"]);
  session.port.pending();
  await settle();

  expect(session.told).toEqual(["flush", "flush"]);
});

test.each([
  {
    what: "a call that is made one step of promises after another",
    departure: "turn" as const,
    steps: 1,
  },
  { what: "an item that a generator makes", departure: "items" as const, steps: 3 },
])("$what leaves with those before it", async ({ departure, steps }) => {
  const { session } = start();
  session.waitingBytes = 1;
  session.port.pending(departure);
  for (let item = 0; item < 20; item += 1) {
    for (let step = 0; step < steps; step += 1) await Promise.resolve();
    session.waitingBytes += 1;
  }
  expect(session.told).toEqual([]);
  await settle();

  expect(session.told).toEqual(["flush"]);
});

test("what does not stream is not looked for longer because a stream was before it", async () => {
  const { session, clock } = start();
  session.port.pending("items");
  await settle();
  const looks = vi.spyOn(clock, "endOfTurn");
  session.waitingBytes = 1;
  session.port.pending();
  await settle();

  expect(looks).toHaveBeenCalledTimes(2);
});

test("what is to leave now leaves at once, and what comes behind it at the end of the turn", async () => {
  const { session } = start();
  session.waitingBytes = 1;
  session.port.pending();
  expect(session.told).toEqual([]);
  session.port.pending("now");
  expect(session.told).toEqual(["flush"]);
  session.waitingBytes = 1;
  session.port.pending();
  expect(session.told).toEqual(["flush"]);
  await settle();

  expect(session.told.length).toBeGreaterThan(1);
});

test("who never stops adding is sent on when 16 KiB wait", async () => {
  const { session } = start();
  session.waitingBytes = 1;
  session.port.pending();
  for (let item = 0; item < 100 && session.told.length === 0; item += 1) {
    await Promise.resolve();
    session.waitingBytes += 1_000;
  }

  expect(session.told).toEqual(["flush"]);
  expect(session.waitingBytes).toBeGreaterThan(16_384);
  expect(session.waitingBytes).toBeLessThan(20_000);
});

describe("what is answered while it is received", () => {
  test("leaves at once where no call is open any more", async () => {
    const session = answering(0);
    expect(session.told).toEqual(["receive request", "flush"]);
    await settle();

    expect(session.told).toEqual(["receive request", "flush"]);
  });

  test.each([
    ["another call is still open", 1, true],
    ["the session is not the one that answers", 0, false],
  ])("leaves at the end of the turn where %s", async (_, callsOpen, answers) => {
    const session = answering(callsOpen, answers);
    expect(session.told).toEqual(["receive request"]);
    await settle();

    expect(session.told).toEqual(["receive request", "flush"]);
  });

  test("leaves with what waits already", async () => {
    const { session, transport } = start(undefined, true);
    session.waitingBytes = 1;
    session.port.pending();
    transport.listener?.message("request");
    expect(session.told).toEqual(["receive request"]);
    await settle();

    expect(session.told).toEqual(["receive request", "flush"]);
  });
});

describe("time", () => {
  test("the session is woken when it wants to be", async () => {
    const { clock, session } = start(50);
    await clock.advance(49);
    expect(session.told).toEqual([]);
    session.wakeAt = undefined;
    await clock.advance(1);

    expect(session.told).toEqual(["tick 50"]);
    expect(clock.waiting).toBe(0);
  });

  test("an earlier time is heard of with the next message", async () => {
    const { clock, transport, session } = start(1_000);
    session.wakeAt = 20;
    transport.listener?.message("x");
    await clock.advance(20);

    expect(session.told).toEqual(["receive x", "tick 20"]);
  });

  test("a later time sets no new timer: one look too many is cheaper", async () => {
    const { clock, transport, session } = start(20);
    for (let at = 30; at < 1_030; at += 1) {
      session.wakeAt = at;
      transport.listener?.message("x");
    }
    expect(clock.waiting).toBe(1);
    session.told.length = 0;
    session.wakeAt = 500;
    await clock.advance(499);
    expect(session.told).toEqual(["tick 20"]);
    session.wakeAt = undefined;
    await clock.advance(1);

    expect(session.told).toEqual(["tick 20", "tick 500"]);
  });
});

describe("nothing is left on the clock", () => {
  test("after the other side closed", () => {
    const { clock, transport } = start(50);
    transport.listener?.closed(1006, "");

    expect(clock.waiting).toBe(0);
  });

  test("after this side closed, although the other end never answers", async () => {
    const { clock, transport, session } = start(50);
    session.wakeAt = undefined;
    session.port.close(4503, "draining");
    await settle();

    expect(transport.closes).toEqual([{ code: 4503, reason: "draining" }]);
    expect(clock.waiting).toBe(0);
  });
});

describe("whoever was watched while they read slowly is watched no more", () => {
  test("after the other side closed", async () => {
    const { clock, transport, session } = start();
    session.port.send(new Uint8Array(101));
    expect(clock.waiting).toBe(1);
    transport.listener?.closed(1006, "");
    expect(clock.waiting).toBe(0);
    await clock.advance(10_000);

    expect(session.told).toEqual(["closed 1006"]);
    expect(transport.closes).toEqual([]);
  });

  test("after this side closed", async () => {
    const { clock, transport, session } = start();
    session.port.send(new Uint8Array(101));
    session.port.close(4503, "draining");
    expect(clock.waiting).toBe(0);
    await clock.advance(10_000);

    expect(transport.closes).toEqual([{ code: 4503, reason: "draining" }]);
  });
});

describe("a peer that does not read", () => {
  test("is closed with 4511 once four times the limit waits for it, and the session is told", async () => {
    const { clock, transport, session } = start(50);
    session.port.send(new Uint8Array(400));
    expect(transport.closes).toEqual([]);
    session.port.send(new Uint8Array(1));
    await settle();

    expect(transport.closes).toEqual([{ code: 4511, reason: "slow-consumer" }]);
    expect(session.told).toEqual(["closed 4511"]);
    expect(clock.waiting).toBe(0);
  });

  test("is closed with 4511 once more than the limit has waited for too long", async () => {
    const { clock, transport, session } = start();
    session.port.send(new Uint8Array(101));
    await clock.advance(999);
    expect(transport.closes).toEqual([]);
    await clock.advance(1);

    expect(transport.closes).toEqual([{ code: 4511, reason: "slow-consumer" }]);
    expect(clock.waiting).toBe(0);
  });

  test("is closed once, and not in the middle of a flush", async () => {
    const { transport, session } = start();
    session.toFlush = [1, 2, 3].map(() => new Uint8Array(500));
    session.port.pending();
    await settle();

    expect(transport.closes).toHaveLength(1);
    expect(session.told).toEqual(["flush", "closed 4511"]);
  });

  test("is closed where nothing watches over it as well: what it asks for is sent", async () => {
    const { clock, transport, session } = start(undefined, false, false);
    session.port.send(new Uint8Array(400));
    await clock.advance(10_000);
    expect(transport.closes).toEqual([]);
    session.port.send(new Uint8Array(1));
    await settle();

    expect(transport.closes).toEqual([{ code: 4511, reason: "slow-consumer" }]);
    expect(session.told).toEqual(["closed 4511"]);
    expect(clock.waiting).toBe(0);
  });

  test("may be so from the very first message", async () => {
    const clock = new FakeClock(0);
    const transport = new SilentTransport();
    const session = pump({
      watch: slowReader,
      transport,
      clock,
      limits: { bufferedBytes: 10, slowMs: 1_000 },
      session: (port) => {
        port.send("a hello that is longer than what may wait");
        return new Puppet(port);
      },
    });
    await settle();

    expect(session.told).toEqual(["closed 4511"]);
  });
});

function gone(): never {
  throw new Error("the worker is gone");
}

describe("a pipe that throws", () => {
  test("while it sends is closed, and its session told why: nothing is thrown at anybody", async () => {
    const { transport, session } = start();
    transport.send = gone;
    session.port.send("lost");
    await settle();

    expect(session.told).toEqual(["closed 1006 the worker is gone"]);
    expect(transport.closes).toEqual([{ code: 1000, reason: "" }]);
  });

  test("while it is closed is as good as closed", () => {
    const { transport, session } = start();
    transport.close = gone;

    expect(() => session.port.close(4503, "draining")).not.toThrow();
  });
});
