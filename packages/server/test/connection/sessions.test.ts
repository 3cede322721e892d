/** Sessions as whoever presents a token sees them: who goes on, who begins anew, and what the older connection is told. */
import type { Context } from "@concordat/core";
import { type Hello, limitsWith } from "@concordat/core/internal";
import { FakeClock, settle } from "@concordat/testing";
import { describe, expect, test, vi } from "vitest";

import { Sessions } from "../../src/connection/sessions.ts";
import { randomToken } from "../../src/random.ts";
import { type Caller, later } from "../fixture/caller.ts";
import { libraryHistory, offersOf } from "../fixture/library-history.ts";
import { libraryStage } from "../fixture/librarian.ts";
import { shopStage } from "../fixture/stage.ts";

const capabilities = ["resume"];

/** A hello that comes back with a token, and has read nothing. */
function back(token: string | undefined): Partial<Hello> {
  return { capabilities, resume: { token: token ?? "", received: 0 } };
}

/** The same, with credentials that a stage without any other check takes for the name of a principal. */
function backAs(auth: string, token: string | undefined): Partial<Hello> {
  return { ...back(token), auth };
}

/** A server of which everybody is who they say. */
function namedStage(handlers: Parameters<typeof shopStage>[0] = {}): ReturnType<typeof shopStage> {
  return shopStage(handlers, { authenticate: ({ credentials }) => credentials });
}

/** A handler that answers nothing, and ends with what its call is aborted with, which goes into a list. */
function untilAborted(aborted: unknown[]) {
  return (_request: unknown, { signal }: Pick<Context, "signal">): Promise<never> =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => {
        aborted.push(signal.reason);
        reject(signal.reason);
      });
    });
}

/** An offer of one release of the library. */
function contracts(release: "2.0.0" | "3.0.0"): Hello["contracts"] {
  return [{ name: "library", offers: offersOf(libraryHistory, release), optional: false }];
}

describe("a token", () => {
  test("is the machine's own randomness and nothing else", () => {
    const source = vi.spyOn(crypto, "randomUUID");
    const token = randomToken();
    const [made] = source.mock.results;
    source.mockRestore();

    expect(token).toBe(made?.value);
  });

  test("leaves nothing to guess: of many none comes twice, and each of 122 bits is set in about half of them", () => {
    const tokens = Array.from({ length: 4_096 }, randomToken);
    const bits = Array.from({ length: 128 }, () => 0);
    for (const token of tokens) {
      const number = BigInt(`0x${token.replaceAll("-", "")}`);
      for (const at of bits.keys())
        bits[at] = (bits[at] ?? 0) + Number((number >> BigInt(at)) & 1n);
    }

    expect(new Set(tokens).size).toBe(4_096);
    // Six are the same in all: the revision and variant of RFC 9562, section 5.4.
    const drawn = bits.filter((count) => count > 0 && count < 4_096);
    expect(drawn).toHaveLength(122);
    for (const count of drawn) {
      // Seven standard deviations: once in a billion runs or so one of them is further away.
      expect(Math.abs(count - 2_048)).toBeLessThan(7 * 32);
    }
  });

  test("is another one in each welcome, whatever chance a server is given", async () => {
    const stage = shopStage({}, { random: () => 0 });
    const callers = [1, 2, 3].map(() => stage.caller({ hello: { capabilities } }));
    const welcomes = await Promise.all(callers.map(({ welcome }) => welcome));

    expect(new Set(welcomes.map(({ session }) => session?.token)).size).toBe(3);
  });

  test("that is used a second time begins a new session, which works; the first goes on untouched", async () => {
    const stage = shopStage();
    const pipe = stage.pipe();
    const first = stage.caller({ transport: pipe, hello: { capabilities } });
    const { session } = await first.welcome;
    pipe.cut();
    const second = stage.caller({ hello: back(session?.token) });
    expect((await second.welcome).session?.received).toBe(0);
    await second.unary("shop/greet", { name: "" }).done; // its welcome has arrived
    const third = stage.caller({ hello: back(session?.token) });
    const other = (await third.welcome).session;

    expect(other).toMatchObject({ token: expect.not.stringContaining(String(session?.token)) });
    expect(other?.received).toBeUndefined();
    expect(await third.unary("shop/greet", { name: "Bob" }).done).toBeDefined();
    expect(await second.unary("shop/greet", { name: "Ada" }).done).toBeDefined();
  });
});

test("only who has the newest token uses up the one before it: the welcome that brings it may be lost", () => {
  const sessions = new Sessions(new FakeClock(), limitsWith());
  const identity = { caller: "ada", agreed: "" };
  const holder = { surrender: () => undefined };
  const older = sessions.begin(identity, holder, undefined);
  const newer = sessions.begin(identity, holder, older);
  sessions.confirm(older);
  expect(sessions.knows(older)).toBe(true);

  sessions.confirm(newer);
  expect(sessions.knows(older)).toBe(false);
  expect(sessions.knows(newer)).toBe(true);
});

test.each([
  ["a browser closes with 1001, because its page is left, waits five seconds", 1001, 5_000],
  ["is cut waits for graceMs", 1006, 30_000],
])("a session whose connection %s", async (_title, code, waitMs) => {
  const ended: unknown[] = [];
  const stage = shopStage({
    greet: untilAborted(ended),
  });
  const pipe = stage.pipe();
  const caller = stage.caller({ transport: pipe, hello: { capabilities } });
  await caller.welcome;
  const call = caller.unary("shop/greet", { name: "" });
  call.done.catch(() => undefined);
  await settle();
  if (code === 1006) pipe.cut();
  else pipe.close(code, "");
  await settle();
  await stage.clock.advance(waitMs - 1);
  expect(ended).toEqual([]);
  await stage.clock.advance(1);

  expect(ended).toHaveLength(1);
});

describe("a stolen token", () => {
  test("gives its thief a session of their own, and the caller whose it is notices nothing: neither on an open connection", async () => {
    const gate = later<void>();
    const stage = namedStage({
      greet: async ({ name }) => {
        if (name === "slow") await gate.promise;
        return { text: name };
      },
    });
    const ada = stage.caller({ hello: { capabilities, auth: "ada" } });
    const { session } = await ada.welcome;
    const slow = ada.unary("shop/greet", { name: "slow" });
    await settle();
    const thieves = [1, 2, 3].map(() => stage.caller({ hello: backAs("bob", session?.token) }));
    for (const { welcome } of thieves) {
      const stolen = (await welcome).session;
      expect(stolen?.received).toBeUndefined();
      expect(stolen?.token).not.toBe(session?.token);
    }
    await settle();
    gate.settle();

    expect(await slow.done).toEqual({ text: "slow" });
    expect(await ada.unary("shop/greet", { name: "Ada" }).done).toEqual({ text: "Ada" });
    expect(stage.server.load.connections).toBe(4);
  });

  test("nor while the connection is lost: its calls run on, and the token is still good for its owner", async () => {
    const aborted: unknown[] = [];
    const stage = namedStage({
      greet: untilAborted(aborted),
    });
    const pipe = stage.pipe();
    const first = stage.caller({ transport: pipe, hello: { capabilities, auth: "ada" } });
    const { session } = await first.welcome;
    first.unary("shop/greet", { name: "" });
    await settle();
    pipe.cut();
    await settle();
    const thief = stage.caller({ hello: backAs("bob", session?.token) });
    expect((await thief.welcome).session?.received).toBeUndefined();
    const ada = stage.caller({ hello: backAs("ada", session?.token) });

    expect((await ada.welcome).session?.received).toBe(1);
    expect(aborted).toEqual([]);
  });

  test("is worth nothing where nobody can tell callers apart: such a client is promised no session", async () => {
    class Account {
      readonly #name = "ada";
      get name(): string {
        return this.#name;
      }
    }
    const stage = shopStage({}, { authenticate: () => new Account() });
    const caller = stage.caller({ hello: { capabilities } });

    expect((await caller.welcome).session).toBeUndefined();
  });
});

test("a session that is taken over is told to its older connection with 4423, and its calls go on", async () => {
  const stage = shopStage();
  const older = stage.caller({ hello: { capabilities } });
  const { session } = await older.welcome;
  const newer = stage.caller({ hello: back(session?.token) });

  expect((await newer.welcome).session?.received).toBe(0);
  expect(await older.ended).toMatchObject({ code: 4423, reason: "session-taken" });
  expect(stage.server.load.connections).toBe(1);
});

test("a client that comes back in another release begins anew in it, and its calls end with their handlers told", async () => {
  const aborted: unknown[] = [];
  const stage = libraryStage({
    handlers: {
      count: untilAborted(aborted),
    },
  });
  const pipe = stage.pipe();
  const first = stage.caller({
    transport: pipe,
    contracts: contracts("2.0.0"),
    hello: { capabilities },
  });
  const { session } = await first.welcome;
  first.unary("library/count", {});
  await settle();
  pipe.cut();
  await settle();
  expect(aborted).toEqual([]);
  const second = stage.caller({ contracts: contracts("3.0.0"), hello: back(session?.token) });
  const welcome = await second.welcome;

  expect(welcome.contracts).toMatchObject([{ release: "3.0.0" }]);
  expect(welcome.session?.received).toBeUndefined();
  expect(aborted).toMatchObject([{ code: "cancelled" }]);
  expect(await second.unary("library/mark", { name: "x" }).done).toBe("marked x");
});

test("a client that comes back in the same release goes on", async () => {
  const stage = libraryStage();
  const offered = contracts("2.0.0");
  const pipe = stage.pipe();
  const first = stage.caller({
    transport: pipe,
    contracts: offered,
    hello: { capabilities },
  });
  const { session } = await first.welcome;
  pipe.cut();
  const second = stage.caller({ contracts: offered, hello: back(session?.token) });

  expect((await second.welcome).session?.received).toBe(0);
});

test("a session that ended with its connection is forgotten: its token opens nothing, and nobody is asked about it", async () => {
  const asked: unknown[] = [];
  const stage = shopStage(
    { greet: () => new Promise(() => undefined) },
    {
      authenticate({ credentials }) {
        asked.push(credentials);
        return credentials;
      },
    },
  );
  const ada = stage.caller({ hello: { auth: "ada", capabilities } });
  const bob = stage.caller({ hello: { auth: "bob", capabilities } });
  const [{ session }] = await Promise.all([ada.welcome, bob.welcome]);
  bob.unary("shop/greet", { name: "" }); // keeps the drain going
  ada.session.close(1000, "");
  await settle();
  void stage.server.drain({ withinMs: 60_000 });
  const late = stage.caller({ hello: backAs("ada", session?.token) });

  expect(await late.ended).toMatchObject({ code: 4503 });
  expect(asked).toEqual(["ada", "bob"]);
});

/** What a client may have under way when it is lost: a call that runs, nothing, and one that was answered. */
function busy(caller: Caller): void {
  caller.unary("shop/greet", { name: "" });
}

function idle(): void {
  // It says nothing.
}

function answered(caller: Caller): void {
  caller.unary("shop/tools/list", {});
}

/** How many frames each of some clients finds received that are lost one after the other, having done something. */
async function receivedAfter(
  detachedSessions: number,
  ...acts: readonly ((caller: Caller) => void)[]
): Promise<readonly (number | undefined)[]> {
  const stage = shopStage(
    { greet: () => new Promise(() => undefined) },
    { limits: { detachedSessions } },
  );
  const hellos: Partial<Hello>[] = [];
  for (const act of acts) {
    const pipe = stage.pipe();
    const caller = stage.caller({ transport: pipe, hello: { capabilities } });
    const { session } = await caller.welcome;
    act(caller);
    await settle();
    pipe.cut();
    hellos.push(back(session?.token));
  }
  const welcomes = hellos.map((hello) => stage.caller({ hello }).welcome);
  return (await Promise.all(welcomes)).map(({ session }) => session?.received);
}

describe("where so many sessions may wait and no more,", () => {
  test("one whose call runs takes the place of one without any, and not the other way round", async () => {
    expect(await receivedAfter(1, idle, busy, idle)).toEqual([undefined, 1, undefined]);
  });

  test("none gives way while there is room", async () => {
    expect(await receivedAfter(2, idle, busy)).toEqual([0, 1]);
  });

  test("none gives way whose answer has left, and may not have arrived", async () => {
    expect(await receivedAfter(1, answered, busy)).toEqual([1, undefined]);
  });
});
