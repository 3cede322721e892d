/** Credentials on a connection that is open: asked for in time, sent on it, and what follows where there are none. */
import { ConcordatError, type StatusCode } from "@concordat/core";
import { announce, limitsWith, type Welcome } from "@concordat/core/internal";
import { type ScriptedPeer, settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";

import type { CredentialsRequest } from "../../src/index.ts";
import { order } from "../fixture/shop.ts";
import { ignore, outcomeOf, stage, type Stage } from "../fixture/stage.ts";

/** A client whose supplier counts: `t-1`, `t-2`, … */
function counting(
  supply: (count: number) => unknown = (count) => `t-${count}`,
  random = 0.5,
): Stage & { readonly asked: CredentialsRequest[] } {
  const asked: CredentialsRequest[] = [];
  const made = stage({
    random: () => random,
    credentials(request: CredentialsRequest) {
      asked.push(request);
      return supply(asked.length);
    },
  });
  return Object.assign(made, { asked });
}

function refuse(code: StatusCode): never {
  throw new ConcordatError(code, "Nobody is signed in.");
}

/** A server that says how long they are good for, and whose silence is no concern here. */
function until(expiresInMs: number): Partial<Welcome> {
  const limits = limitsWith({ keepAliveMs: 10_000_000 });
  return {
    auth: { expiresInMs },
    capabilities: ["renew"],
    limits: announce((name) => limits[name]),
  };
}

function renewals(peer: ScriptedPeer): readonly unknown[] {
  return peer.heard("renew").map(({ credentials }) => JSON.parse(credentials));
}

describe("credentials that end", () => {
  test.each([
    [0, 60_000],
    [0.5, 72_500],
    [0.999, 84_975],
  ])("are renewed between 60 and 85 % of their time, at random (%d)", async (random, at) => {
    const { client, clock, welcome, asked } = counting(undefined, random);
    client.connect().catch(ignore);
    const peer = await welcome(until(100_000));
    await clock.advance(at - 1);
    expect(renewals(peer)).toEqual([]);
    await clock.advance(1);

    expect(renewals(peer)).toEqual(["t-2"]);
    expect(asked).toEqual([{ refresh: false }, { refresh: true }]);
  });

  test("are renewed for as long as the connection lasts, and streams go on beside it", async () => {
    const { client, clock, welcome, upgrades } = counting();
    const items: number[] = [];
    const watched = (async () => {
      for await (const item of client.shop.watch({ customer: "c-9" })) items.push(item);
    })();
    const peer = await welcome(until(100_000));
    for (let count = 1; count <= 5; count += 1) {
      await clock.advance(72_500);
      expect(renewals(peer)).toHaveLength(count);
      peer.send({ kind: "expiry", id: 0, withinMs: 100_000 });
      peer.items(1, count);
      await settle();
    }
    peer.endStream(1);
    await watched;

    expect(items).toEqual([1, 2, 3, 4, 5]);
    expect(upgrades).toHaveLength(1);
  });

  test.each([250_000, 300_000, 499_000, 3_600_000])(
    "of %d ms are renewed in time by a page whose timers come once a minute",
    async (lifeMs) => {
      const { client, clock, welcome } = counting(undefined, 0.999);
      client.connect().catch(ignore);
      const peer = await welcome(until(lifeMs));
      await clock.advance(lifeMs - 60_000);

      expect(renewals(peer)[0]).toBe("t-2");
    },
  );

  test("that the server then calls good for as long as the connection lasts are not asked for again", async () => {
    const { client, clock, welcome, asked } = counting();
    client.connect().catch(ignore);
    const peer = await welcome(until(100_000));
    await clock.advance(72_500);
    peer.send({ kind: "expiry", id: 0, withinMs: 0 });
    await clock.advance(1_000_000);

    expect(renewals(peer)).toEqual(["t-2"]);
    expect(asked).toHaveLength(2);
  });

  test("that the server then calls good for as long as the connection lasts are not stale where it is cut", async () => {
    const { client, clock, welcome, asked } = counting();
    client.connect().catch(ignore);
    const peer = await welcome(until(100_000));
    peer.send({ kind: "expiry", id: 0, withinMs: 0 });
    await clock.advance(100_000);
    peer.cut();
    await clock.advance(1_000);
    await welcome();

    expect(asked).toEqual([{ refresh: false }, { refresh: false }]);
  });

  test("that the server has not acknowledged in the time for a dial are asked for again, as fresh ones", async () => {
    const { client, clock, welcome, asked } = counting();
    client.connect().catch(ignore);
    const peer = await welcome(until(100_000));
    await clock.advance(72_500 + 15_000 + 12_500 / 4);

    expect(renewals(peer)).toEqual(["t-2", "t-3"]);
    expect(asked).toEqual([{ refresh: false }, { refresh: true }, { refresh: true }]);
  });

  test("are not renewed where they are a value: there are no others", async () => {
    const { client, clock, welcome } = stage({ credentials: "t-1" });
    client.connect().catch(ignore);
    const peer = await welcome(until(10_000));
    await clock.advance(9_999);

    expect(renewals(peer)).toEqual([]);
  });

  test("are renewed at once when the machine wakes from a sleep over their time", async () => {
    const { client, clock, welcome } = counting();
    client.connect().catch(ignore);
    const peer = await welcome({ ...until(20_000) });
    await clock.sleep(19_000);

    expect(renewals(peer)).toEqual(["t-2"]);
  });

  test("that the server answers with the same short time are not asked for more than once a second", async () => {
    const { client, clock, welcome, asked } = counting();
    client.connect().catch(ignore);
    const peer = await welcome(until(100));
    for (let turn = 0; turn < 100; turn += 1) {
      await clock.advance(100);
      peer.send({ kind: "expiry", id: 0, withinMs: 100 });
      await settle();
    }

    expect(asked.length).toBeGreaterThan(5);
    expect(asked.length).toBeLessThanOrEqual(11); // ten seconds
  });

  test("are not sent to a server that takes none on a connection, whatever time it says is left", async () => {
    const { client, clock, welcome, asked } = counting();
    client.connect().catch(ignore);
    const peer = await welcome({ ...until(10_000), capabilities: [] });
    peer.send({ kind: "expiry", id: 0, withinMs: 1_000 });
    await clock.advance(5_000);

    expect(renewals(peer)).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  test("are not renewed at a server that does not take them: the connection ends with them, and the next one brings others", async () => {
    const { client, clock, welcome, asked } = counting();
    client.connect().catch(ignore);
    const peer = await welcome({ ...until(10_000), capabilities: [] });
    await clock.advance(10_000);
    expect(renewals(peer)).toEqual([]);
    peer.close(4501);
    await clock.advance(0);
    const next = await welcome();

    expect(next.hello.auth).toBe("t-2");
    expect(asked).toEqual([{ refresh: false }, { refresh: true }]);
  });

  test("may be asked for by the server at any time", async () => {
    const { client, clock, welcome } = counting();
    client.connect().catch(ignore);
    const peer = await welcome({ capabilities: ["renew"] });
    await clock.advance(5_000);
    peer.send({ kind: "expiry", id: 0, withinMs: 8_000 });
    await clock.advance(5_800);

    expect(renewals(peer)).toEqual(["t-2"]);
  });
});

describe("a supplier", () => {
  test.each<[string, () => unknown]>([
    ["throws", () => Promise.reject(new Error("token server down"))],
    ["gives what is not JSON", () => 1n],
    [
      "says that nobody is signed in",
      () => Promise.reject(new ConcordatError("unauthenticated", "?")),
    ],
  ])(
    "that %s is asked again while there is time, and the connection stays",
    async (_name, fault) => {
      const { client, clock, welcome, asked } = counting((count) =>
        count === 2 ? fault() : `t-${count}`,
      );
      client.connect().catch(ignore);
      const peer = await welcome(until(100_000));
      await clock.advance(72_500 + 27_500 / 4 - 1);
      expect(asked).toHaveLength(2);
      await clock.advance(1);

      expect(renewals(peer)).toEqual(["t-3"]);
      expect(asked).toHaveLength(3);
      expect(peer.end).toBeUndefined();
    },
  );

  test("that never answers is asked again after the time for a dial, and its late answer is dropped", async () => {
    let late: ((token: string) => void) | undefined;
    const { client, clock, welcome } = counting((count) =>
      count === 2 ? new Promise((resolve) => (late = resolve)) : `t-${count}`,
    );
    client.connect().catch(ignore);
    const peer = await welcome(until(100_000));
    await clock.advance(72_500 + 15_000 + 12_500 / 4);
    expect(renewals(peer)).toEqual(["t-3"]);
    late?.("t-2");
    await settle();

    expect(renewals(peer)).toEqual(["t-3"]);
  });

  test("that fails too late is not asked again for it: others were sent meanwhile", async () => {
    let late: ((error: Error) => void) | undefined;
    const { client, clock, welcome, asked } = counting((count) =>
      count === 2 ? new Promise((_, reject) => (late = reject)) : `t-${count}`,
    );
    client.connect().catch(ignore);
    const peer = await welcome(until(100_000));
    await clock.advance(72_500 + 15_000 + 12_500 / 4);
    peer.send({ kind: "expiry", id: 0, withinMs: 0 });
    late?.(new Error("token server down"));
    await clock.advance(1_000_000);

    expect(renewals(peer)).toEqual(["t-3"]);
    expect(asked).toHaveLength(3);
  });

  test("that fails when the connection is over is not asked again for it", async () => {
    let late: ((error: Error) => void) | undefined;
    const { client, clock, welcome, asked } = counting((count) =>
      count === 2 ? new Promise((_, reject) => (late = reject)) : `t-${count}`,
    );
    client.connect().catch(ignore);
    await welcome(until(100_000));
    await clock.advance(72_500);
    await client.close();
    late?.(new Error("token server down"));
    await clock.advance(100_000);

    expect(asked).toHaveLength(2);
  });

  test("that keeps failing is left alone once the time is over: the server ends the connection then", async () => {
    const { client, clock, welcome, asked } = counting((count) =>
      count === 1 ? "t-1" : Promise.reject(new Error("token server down")),
    );
    client.connect().catch(ignore);
    await welcome(until(100_000));
    await clock.advance(101_000);
    const count = asked.length;
    await clock.advance(100_000);

    expect(asked).toHaveLength(count);
  });

  test("is asked again, for fresh ones, as soon as a connection was closed with 4501", async () => {
    const { client, clock, welcome, asked, upgrades } = counting();
    const answer = client.shop.place(order);
    answer.catch(ignore);
    const first = await welcome();
    first.close(4501, "reauthenticate");
    await settle();
    expect(await outcomeOf(answer)).toMatchObject({ code: "unavailable" });
    await clock.advance(0);
    const peer = await welcome();

    expect(peer.hello.auth).toBe("t-2");
    expect(asked).toEqual([{ refresh: false }, { refresh: true }]);
    expect(upgrades).toHaveLength(2);
  });

  test.each([
    [59_999, false],
    [60_000, true], // they will expire soon
    [3_600_000, true],
  ])(
    "is asked for fresh ones where a cut connection is made again after %d of 100,000 ms: %s",
    async (sleptMs, refresh) => {
      const { client, clock, welcome, asked } = counting(undefined, 0);
      client.connect().catch(ignore);
      const peer = await welcome(until(100_000));
      clock.sleep(sleptMs).catch(ignore);
      peer.cut();
      await clock.advance(0);
      await welcome(until(100_000));

      expect(asked).toEqual([{ refresh: false }, { refresh }]);
    },
  );

  test("that gave fresh ones is not asked for fresh ones where the connection is merely cut after that", async () => {
    const { client, clock, welcome, asked } = counting();
    client.connect().catch(ignore);
    (await welcome()).close(4501, "reauthenticate");
    await clock.advance(0);
    (await welcome()).cut();
    await clock.advance(2_000);
    await welcome();

    expect(asked).toEqual([{ refresh: false }, { refresh: true }, { refresh: false }]);
  });

  test("that could not give fresh ones in place of expired ones is asked for fresh ones again", async () => {
    const { client, clock, welcome, asked } = counting((count) =>
      count === 2 ? Promise.reject(new Error("token server down")) : `t-${count}`,
    );
    client.connect().catch(ignore);
    (await welcome()).close(4501, "reauthenticate");
    await clock.advance(2_000);
    const peer = await welcome();

    expect(peer.hello.auth).toBe("t-3");
    expect(asked).toEqual([{ refresh: false }, { refresh: true }, { refresh: true }]);
  });

  // 3000 is what others close with for the same.
  test.each([4401, 3000])(
    "is asked for fresh ones once where those it gave at first were turned down with %d",
    async (code) => {
      const { client, clock, welcome, asked } = counting((count) => `t-${count}`);
      client.connect().catch(ignore);
      (await welcome()).close(code, "unauthenticated");
      await clock.advance(0);
      const peer = await welcome();

      expect(peer.hello.auth).toBe("t-2");
      peer.close(code, "unauthenticated");
      await clock.advance(600_000);
      expect(client.state).toBe("refused");
      expect(asked).toEqual([{ refresh: false }, { refresh: true }]);
    },
  );

  test.each([4401, 3000])(
    "that is none, but a value, is no reason to dial again where that was turned down with %d",
    async (code) => {
      const { client, clock, welcome, upgrades } = stage({ credentials: "t-1" });
      client.connect().catch(ignore);
      const peer = await welcome();
      expect(peer.hello.auth).toBe("t-1");
      peer.close(code, "unauthenticated");
      await clock.advance(600_000);

      expect(client.state).toBe("refused");
      expect(upgrades).toHaveLength(1);
    },
  );

  test("that gives the same expired ones stops the client at the second 4501", async () => {
    const { client, welcome, clock, upgrades, asked } = counting(() => "old");
    client.connect().catch(ignore);
    (await welcome()).close(4501, "reauthenticate");
    await clock.advance(0);
    (await welcome()).close(4501, "reauthenticate");
    await clock.advance(600_000);

    expect(client.state).toBe("refused");
    expect(upgrades).toHaveLength(2);
    expect(asked).toHaveLength(2);
    expect(await outcomeOf(client.shop.place(order))).toMatchObject({
      code: "unauthenticated",
      closeCode: 4501,
    });
  });
});

describe("credentialsChanged()", () => {
  test("sends fresh ones at once on a connection that is open", async () => {
    const { client, welcome, upgrades } = counting();
    client.connect().catch(ignore);
    const peer = await welcome({ capabilities: ["renew"] });
    client.credentialsChanged();
    await settle();
    peer.send({ kind: "expiry", id: 0, withinMs: 0 });

    expect(renewals(peer)).toEqual(["t-2"]);
    expect(upgrades).toHaveLength(1);
  });

  test("has a client connect anew as another caller as often as it is called, however soon", async () => {
    const { client, clock, welcome } = counting();
    client.connect().catch(ignore);
    for (const caller of ["t-2", "t-4", "t-6"]) {
      const peer = await welcome({ capabilities: ["renew"] });
      client.credentialsChanged();
      await settle();
      expect(renewals(peer)).toEqual([caller]);
      peer.close(4501); // as a server does that was shown another caller's
      await clock.advance(4_000);
    }
    const last = await welcome({ capabilities: ["renew"] });

    expect(client.state).toBe("ready");
    last.close(4501); // now those are no good that the application gave last
    await settle();
    expect(client.state).toBe("refused");
  });

  test("sends nothing to a server that does not take them", async () => {
    const { client, clock, welcome } = counting();
    client.connect().catch(ignore);
    const peer = await welcome();
    client.credentialsChanged();
    await clock.advance(20_000);

    expect(renewals(peer)).toEqual([]);
  });

  test.each([4401, 4501])("dials again where %d had stopped the client", async (code) => {
    const { client, clock, welcome, asked } = counting();
    client.connect().catch(ignore);
    (await welcome()).close(code);
    await clock.advance(0);
    (await welcome()).close(code);
    await settle();
    expect(client.state).toBe("refused");
    client.credentialsChanged();
    await welcome();

    expect(client.state).toBe("ready");
    expect(asked.at(-1)).toEqual({ refresh: true });
  });

  test.each([
    ["throws unauthenticated", () => refuse("unauthenticated")],
    ["throws invalid_argument", () => refuse("invalid_argument")],
    ["gives what is not JSON", () => 1n],
  ])("dials again where a supplier had stopped the client that %s", async (_, supply) => {
    const { client, welcome } = counting((count) => (count === 1 ? supply() : `t-${count}`));
    client.connect().catch(ignore);
    await settle();
    expect(client.state).toBe("refused");
    client.credentialsChanged();
    await welcome();

    expect(client.state).toBe("ready");
  });

  test.each([4403, 4426])(
    "does nothing where %d had: other credentials do not help",
    async (code) => {
      const { client, welcome, clock, upgrades } = counting();
      client.connect().catch(ignore);
      (await welcome()).close(code);
      await settle();
      client.credentialsChanged();
      await clock.advance(600_000);

      expect(client.state).toBe("refused");
      expect(upgrades).toHaveLength(1);
    },
  );

  test("before anything was dialled, and after close(), waits for the next attempt", async () => {
    const { client, upgrades, clock } = counting();
    client.credentialsChanged();
    await client.close();
    client.credentialsChanged();
    await clock.advance(60_000);

    expect(upgrades).toHaveLength(0);
  });
});
