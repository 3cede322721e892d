/** Credentials that end, and those that come in their place on a connection that is open. */
import { ConcordatError, type Peer } from "@concordat/core";
import { settle } from "@concordat/testing";
import { describe, expect, test, vi } from "vitest";

import {
  authenticated,
  type ConnectionRequest,
  limitConcurrency,
  limitRate,
  type Middleware,
  type ServerOptions,
} from "../../src/index.ts";
import type { Caller } from "../fixture/caller.ts";
import { later } from "../fixture/caller.ts";
import { shopStage, type Stage } from "../fixture/stage.ts";

/** What a token says, and the hook makes of it. */
interface Token {
  readonly user: string;
  readonly lastsMs?: number;
  readonly role?: string;
}

/** A server that believes every token, and whose greeting says who is calling. */
function gate(
  options: Partial<ServerOptions> = {},
): Stage & { readonly asked: ConnectionRequest[] } {
  const asked: ConnectionRequest[] = [];
  const stage = shopStage(
    {
      greet: (_request, { peer }) => ({ text: JSON.stringify(peer.principal) }),
      async *count(_request, { signal, peer }) {
        yield 1;
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        yield peer.principal === undefined ? 0 : 2;
      },
    },
    {
      authenticate(request) {
        asked.push(request);
        const { user, lastsMs, role } = request.credentials as Token; // the tests' own
        if (user === "nobody") throw new ConcordatError("unauthenticated", "Unknown.");
        if (user === "banned") throw new ConcordatError("permission_denied", "Banned.");
        if (user === "trouble") throw new Error("connect ECONNREFUSED 10.0.0.7");
        const expiresAt = lastsMs === undefined ? Infinity : stage.clock.now() + lastsMs;
        return authenticated({ user, role }, { expiresAt, identity: user });
      },
      ...options,
    },
  );
  return Object.assign(stage, { asked });
}

function enter(stage: Stage, auth: Token, capabilities: readonly string[] = ["renew"]): Caller {
  return stage.caller({ hello: { auth, capabilities } });
}

async function whoAmI(caller: Caller): Promise<unknown> {
  return caller.unary("shop/greet", { name: "" }).done;
}

const ada = { user: "ada", lastsMs: 60_000 };

describe("credentials with an end", () => {
  test("are announced in the welcome, as time that is left", async () => {
    const welcome = await enter(gate(), ada).welcome;

    expect(welcome.auth).toEqual({ expiresInMs: 60_000 });
    expect(welcome.capabilities).toContain("renew");
  });

  test("last as long where the machine's clock was an hour ahead, and was set back", async () => {
    const wall = (): number => stage.clock.now() - 3_600_000;
    const stage = gate({
      authenticate: () => authenticated("ada", { expiresAt: wall() + 60_000 }),
    });
    Object.assign(stage.clock, { wall });
    const caller = enter(stage, ada);
    const welcome = await caller.welcome;
    await stage.clock.advance(59_999);

    expect(welcome.auth).toEqual({ expiresInMs: 60_000 });
    expect(await whoAmI(caller)).toEqual({ text: '"ada"' });
    await stage.clock.advance(1);
    expect(await caller.ended).toMatchObject({ code: 4501 });
  });

  test("close the connection with 4501 when they end, and its handlers are told; nothing of it can be resumed", async () => {
    const stage = gate();
    const caller = enter(stage, ada, ["renew", "resume"]);
    const { session } = await caller.welcome;
    const stream = caller.stream("shop/count", { to: 2 });
    await stage.clock.advance(59_999);
    expect(stream.items).toEqual([1]);
    await stage.clock.advance(1);

    expect(await caller.ended).toMatchObject({ code: 4501, survivor: undefined });
    expect((await stream.error).code).toBe("unavailable");
    const resume = { token: session?.token ?? "", received: 0 };
    const next = stage.caller({ hello: { auth: ada, capabilities: ["resume"], resume } });
    expect((await next.welcome).session?.received).toBeUndefined();
  });

  test("that have ended already let nobody in, and the log has both times: a token has seconds", async () => {
    const stage = gate();
    const end = await enter(stage, { user: "ada", lastsMs: 0 }).ended;
    const now = stage.clock.now();
    const message = `expiresAt is ${now}, and it is ${now} milliseconds since 1970`;

    expect(stage.logged("authentication-failed")).toMatchObject([{ level: "warn", message }]);

    expect(end).toMatchObject({
      code: 4401,
      refusal: { message: "The credentials have expired." },
    });
  });

  test("whose end is no number let nobody in, and are logged", async () => {
    const stage = gate({ authenticate: () => authenticated("ada", { expiresAt: Number.NaN }) });

    expect(await enter(stage, ada).ended).toMatchObject({ code: 4500 });
    expect(stage.logged("authentication-failed")).toHaveLength(1);
  });

  test("end the calls of a connection that was cut, too: nothing runs for longer than they are good", async () => {
    const stage = gate();
    const transport = stage.pipe();
    const caller = stage.caller({
      transport,
      hello: { auth: { user: "ada", lastsMs: 10_000 }, capabilities: ["resume"] },
    });
    const { session } = await caller.welcome;
    caller.stream("shop/count", { to: 2 });
    await settle();
    transport.cut();
    await stage.clock.advance(10_000); // the grace is 30,000

    const resume = { token: session?.token ?? "", received: 0 };
    const next = stage.caller({ hello: { auth: ada, capabilities: ["resume"], resume } });
    expect((await next.welcome).session?.received).toBeUndefined();
  });
});

/** A principal that shows only what it does. */
function knowing(id: number): () => number {
  return () => id;
}

describe("renewing", () => {
  test("replaces the principal for calls that come, and leaves those that run alone", async () => {
    const stage = gate();
    const caller = enter(stage, { ...ada, role: "reader" });
    await caller.welcome;
    const stream = caller.stream("shop/count", { to: 2 });
    await stage.clock.advance(50_000);
    caller.session.renew({ ...ada, role: "writer" });
    await stage.clock.advance(59_999);

    expect(caller.expiries).toEqual([60_000]);
    expect(await whoAmI(caller)).toEqual({ text: '{"user":"ada","role":"writer"}' });
    expect(stream.items).toEqual([1]);
    await stage.clock.advance(1);
    expect(await caller.ended).toMatchObject({ code: 4501 });
  });

  test("asks the hook with what was known at the upgrade, and the new credentials", async () => {
    const stage = gate();
    const transport = stage.pipe({ address: "192.0.2.1", origin: "https://app.example" });
    const hello = { auth: ada, client: { name: "app" }, capabilities: ["renew"] };
    const caller = stage.caller({ transport, hello });
    await caller.welcome;
    caller.session.renew({ user: "ada" });
    await settle();

    expect(stage.asked[1]).toEqual({ ...stage.asked[0], credentials: { user: "ada" } });
    expect(caller.expiries).toEqual([0]); // these never end
  });

  test.each([
    ["nobody's", "nobody", 4401],
    ["those of somebody who is not allowed", "banned", 4403],
    ["another caller's", "bob", 4501],
  ])("with %s credentials closes at once", async (_name, user, code) => {
    const stage = gate();
    const caller = enter(stage, ada);
    await caller.welcome;
    caller.session.renew({ user });

    expect(await caller.ended).toMatchObject({ code });
    expect(stage.logged("principal-changed")).toHaveLength(user === "bob" ? 1 : 0);
  });

  test.each<[string, Middleware]>([
    ["limitRate()", limitRate({ calls: 1, perMs: 1_000_000 })],
    ["limitConcurrency()", limitConcurrency({ calls: 1 })],
  ])("makes no other connection of this one for %s", async (_name, middleware) => {
    const stage = gate({ middleware: [middleware] });
    const caller = enter(stage, ada);
    await caller.welcome;
    const first = caller.stream("shop/count", { to: 1 });
    await settle();
    caller.session.renew(ada);
    await vi.waitFor(() => expect(caller.expiries).toHaveLength(1));

    expect((await caller.unary("shop/greet", { name: "" }).error).code).toBe("resource_exhausted");
    expect(first.items).toEqual([1]);
  });

  test("that the hook cannot check leaves things as they are, and the client is told how long", async () => {
    const stage = gate();
    const caller = enter(stage, ada);
    await caller.welcome;
    await stage.clock.advance(20_000);
    caller.session.renew({ user: "trouble" });
    await settle();

    expect(caller.expiries).toEqual([40_000]);
    expect(await whoAmI(caller)).toEqual({ text: '{"user":"ada"}' });
    await stage.clock.advance(40_000);
    expect(await caller.ended).toMatchObject({ code: 4501 });
  });

  test("that the hook throws an error of, which throws itself, leaves things as they are", async () => {
    let calls = 0;
    const stage = gate({
      authenticate() {
        calls += 1;
        if (calls === 1) return authenticated({}, { identity: "ada" });
        throw new Proxy(new ConcordatError("unauthenticated", ""), {
          get() {
            throw new Error("it was looked at");
          },
        });
      },
    });
    const caller = enter(stage, ada);
    await caller.welcome;
    caller.session.renew(ada);
    await settle();

    expect(caller.expiries).toEqual([0]);
  });

  test("that the hook never answers does not keep the connection beyond its time", async () => {
    const stage = gate({
      authenticate: ({ credentials }) =>
        credentials === "slow"
          ? new Promise(() => undefined)
          : authenticated("ada", { expiresAt: stage.clock.now() + 60_000 }),
    });
    const caller = enter(stage, ada);
    await caller.welcome;
    caller.session.renew("slow");
    await stage.clock.advance(60_000);

    expect(await caller.ended).toMatchObject({ code: 4501 });
    expect(stage.clock.waiting).toBe(0);
  });

  test("over and over asks the hook one by one, and skips what is outdated, without an answer", async () => {
    const answer = later<void>();
    const asked: unknown[] = [];
    const stage = gate({
      async authenticate({ credentials }) {
        asked.push(credentials);
        if (asked.length > 1) await answer.promise;
        return "ada";
      },
    });
    const caller = enter(stage, ada);
    await caller.welcome;
    for (let number = 1; number <= 1_000; number += 1) caller.session.renew(number);
    await settle();
    expect(asked).toEqual([ada, 1]);
    answer.settle();
    await settle();

    expect(asked).toEqual([ada, 1, 1_000]);
    expect(caller.expiries).toEqual([0, 0]);
  });

  test.each<[string, unknown, unknown, boolean]>([
    ["plain data that says the same", { id: 1, tenants: ["a"] }, { tenants: ["a"], id: 1 }, true],
    ["plain data that says something else", { id: 1 }, { id: 1, jti: 2 }, false],
    ["instances of a class, which hide who they are", new Map([["id", 1]]), new Map(), false],
    ["functions, which hide what they know", knowing(1), knowing(2), false],
    ["symbols, which only look alike", Symbol("ada"), Symbol("ada"), false],
    ["nobody with nobody", null, null, true],
    ["a text, and the number that looks like it", "1", 1, false],
  ])("without a name compares %s", async (_name, before, after, isSame) => {
    let current = before;
    const stage = gate({ authenticate: () => current });
    const caller = enter(stage, ada);
    await caller.welcome;
    current = after;
    caller.session.renew("any");
    await settle();

    expect(caller.session.state).toBe(isSame ? "open" : "closed");
  });
});

function isBob({ principal }: Peer): boolean {
  return JSON.stringify(principal).includes("bob");
}

describe("reauthenticate()", () => {
  test("asks those who are meant, and closes those who do not answer in time", async () => {
    const stage = gate();
    const [bob, eve] = [enter(stage, { user: "bob" }), enter(stage, { user: "eve" })];
    const mute = enter(stage, { user: "bob" }, []);
    await Promise.all([bob.welcome, eve.welcome, mute.welcome]);
    const meant = stage.server.reauthenticate(isBob, { withinMs: 5_000 });
    await settle();

    expect(meant).toBe(2);
    expect([bob.expiries, eve.expiries, mute.expiries]).toEqual([[5_000], [], []]);
    bob.session.renew({ user: "bob" });
    await stage.clock.advance(5_000);
    expect(await mute.ended).toMatchObject({ code: 4501 });
    expect(await whoAmI(bob)).toEqual({ text: '{"user":"bob"}' });
    expect(bob.expiries).toEqual([5_000, 0]);
  });

  test("reaches those who are expected back: what ran for them ends in the same time", async () => {
    const stage = gate();
    const [lost, other] = ["bob", "eve"].map((user) => {
      const transport = stage.pipe();
      const caller = stage.caller({
        transport,
        hello: { auth: { user }, capabilities: ["resume"] },
      });
      return { user, transport, caller };
    });
    const tokens: string[] = [];
    for (const each of [lost, other]) {
      const { session } = (await each?.caller.welcome) ?? {};
      tokens.push(session?.token ?? "");
      each?.transport.cut();
    }
    await settle();
    const meant = stage.server.reauthenticate(isBob, { withinMs: 5_000 });
    expect(meant).toBe(1);
    await stage.clock.advance(5_000); // the grace is 30,000
    const back = ["bob", "eve"].map((user, at) => {
      const resume = { token: tokens[at] ?? "", received: 0 };
      return stage.caller({ hello: { auth: { user }, capabilities: ["resume"], resume } });
    });
    const welcomes = await Promise.all(back.map(({ welcome }) => welcome));

    expect(welcomes.map(({ session }) => session?.received)).toEqual([undefined, 0]);
  });

  test.each([5_000, 0])(
    "reaches those whose credentials are being checked (within %d)",
    async (withinMs) => {
      const proved = later<void>();
      let arrived = 0;
      const stage = gate({
        async authenticate({ credentials }) {
          arrived += 1;
          await proved.promise;
          return authenticated(credentials, { identity: JSON.stringify(credentials) });
        },
      });
      const [bob, eve] = [enter(stage, { user: "bob" }), enter(stage, { user: "eve" })];
      const transport = stage.pipe(); // nothing was said on it
      await vi.waitFor(() => expect(arrived).toBe(2));
      stage.server.reauthenticate(isBob, { withinMs });
      proved.settle();
      const next = stage.caller({ transport, hello: { auth: { user: "bob" } } });

      expect((await eve.welcome).auth).toBeUndefined();
      expect((await next.welcome).auth).toBeUndefined();
      await stage.clock.advance(withinMs);
      expect(await bob.ended).toMatchObject({ code: 4501, wasOpen: withinMs > 0 });
      expect([eve, next].map(({ session }) => session.state)).toEqual(["open", "open"]);
    },
  );

  test("asks the hook again for what it was being asked: what was true before is no answer", async () => {
    const answers: (() => void)[] = [];
    let isBanned = false;
    const stage = gate({
      async authenticate() {
        const wasBanned = isBanned;
        if (answers.length > 0) await new Promise<void>((resolve) => answers.push(resolve));
        else answers.push(() => undefined);
        if (wasBanned) throw new ConcordatError("permission_denied", "Banned.");
        return "ada";
      },
    });
    const caller = enter(stage, ada);
    await caller.welcome;
    caller.session.renew(ada);
    await settle();
    isBanned = true;
    stage.server.reauthenticate(() => true);
    answers.at(-1)?.();
    await settle();
    expect(caller.expiries).toEqual([30_000]);
    expect(answers).toHaveLength(3);
    answers.at(-1)?.();

    expect(await caller.ended).toMatchObject({ code: 4403 });
  });

  test("never makes credentials last longer, and within 0 closes at once", async () => {
    const stage = gate();
    const caller = enter(stage, { user: "ada", lastsMs: 1_000 });
    await caller.welcome;
    stage.server.reauthenticate(() => true);
    await settle();
    expect(caller.expiries).toEqual([1_000]);
    stage.server.reauthenticate(() => true, { withinMs: 0 });

    expect(await caller.ended).toMatchObject({ code: 4501, reason: "reauthenticate" });
  });
});
