/** How a release dies in public: who is told what, who is refused, and who has to leave when. */
import { defineContract, unary } from "@concordat/core";
import { settle } from "@concordat/testing";
import { Type } from "typebox";
import { describe, expect, test } from "vitest";

import { createServer, implement, type ServerOptions } from "../../src/index.ts";
import type { Caller } from "../fixture/caller.ts";
import { later, offerOf } from "../fixture/caller.ts";
import {
  type Librarian,
  libraryCaller,
  libraryService,
  libraryStage,
} from "../fixture/librarian.ts";
import { libraryHistory, offersOf } from "../fixture/library-history.ts";
import { shop, shopHandlers } from "../fixture/shop.ts";
import { Stage } from "../fixture/stage.ts";

/** As JavaScript gives it, where no compiler looks. */
function plain(given: unknown): never {
  return given as never; // each test says what becomes of it
}

const upgradeUrl = "https://example.org/new";
/** The clock of a stage stands at 1970-01-01T00:16:40Z. */
const day = 86_400_000;

const clientOf = libraryCaller;

async function connected(stage: Stage, ...releases: readonly string[]): Promise<Caller> {
  const caller = clientOf(stage, ...releases);
  await caller.welcome;
  return caller;
}

function clientThatUses(stage: Stage, uses: readonly string[], release: string): Caller {
  const offers = offersOf(libraryHistory, release);
  return stage.caller({ contracts: [{ name: "library", offers, optional: false, uses }] });
}

/** How a client that comes now is answered: a close code, or 0 for a welcome. */
async function answerTo(caller: Caller): Promise<number> {
  return Promise.race([caller.welcome.then(() => 0), caller.ended.then(({ code }) => code)]);
}

/** A handler that answers with its request. */
function same<T>(request: T): T {
  return request;
}

describe("setFloor, raised on a running server", () => {
  test("refuses new clients below it at once, with what the operator says, and lets the others in", async () => {
    const stage = libraryStage({ upgradeUrl });
    stage.server.setFloor("library", "2.0.0", { message: "Books have names now." });

    const { refusal } = await clientOf(stage, "1.1.0", "1.0.0").ended;
    expect(refusal).toMatchObject({
      closeCode: 4426,
      supported: { floor: "2.0.0", newest: "3.0.0", releases: ["2.0.0", "3.0.0"] },
      mustMove: "client",
      upgradeUrl,
      notice: { message: "Books have names now." },
    });
    expect(refusal?.message).toMatch(/has to be updated\. Books have names now\.$/);
    expect(await answerTo(clientOf(stage, "2.0.0"))).toBe(0);
  });

  test("tells connected clients below it at once, asks them to leave, and closes with 4426 who stays", async () => {
    const stage = libraryStage({ upgradeUrl });
    const old = await connected(stage, "1.1.0");
    const current = await connected(stage, "3.0.0");
    const count = stage.server.setFloor("library", "2.0.0", {
      withinMs: 60_000,
      sunset: "1970-01-01",
    });
    await stage.clock.advance(0);

    expect(count).toBe(1);
    expect(old.notices).toEqual([
      {
        message: "library 1.1.0 is not served any more; 2.0.0 to 3.0.0 is served.",
        successor: "3.0.0",
        sunset: "1970-01-01",
        url: upgradeUrl,
        contract: "library",
        release: "1.1.0",
        withinMs: 60_000,
      },
    ]);
    await stage.clock.advance(60_000);
    expect(old.goaways).toHaveLength(1);
    expect(await old.ended).toMatchObject({
      code: 4426,
      reason: "client-too-old contract=library have=1.1.0 min=2.0.0 max=3.0.0",
    });
    expect(current.notices).toEqual([]);
    expect(current.session.state).toBe("open");
    current.session.close(1000, "");
    await stage.clock.advance(0);
    expect(stage.clock.waiting).toBe(0);
  });

  test("refuses also who uses nothing that broke, and lets them in again once the floor is what it was", async () => {
    const stage = libraryStage({ floor: "2.0.0" });
    const answers: number[] = [];
    for (const floor of ["2.0.0", "3.0.0", "2.0.0"]) {
      stage.server.setFloor("library", floor);
      answers.push(await answerTo(clientThatUses(stage, ["count"], "1.1.0")));
    }

    expect(answers).toEqual([0, 4426, 0]);
  });

  test("refuses who uses one procedure that nobody answers any more, whatever else it uses", async () => {
    const stage = libraryStage({ floor: "2.0.0" });

    expect(await answerTo(clientThatUses(stage, ["count", "find"], "1.1.0"))).toBe(0);
    expect(await answerTo(clientThatUses(stage, ["count", "burn"], "1.1.0"))).toBe(4426);
  });

  test("spreads the goaways over the window, and lets calls end", async () => {
    const gate = later<void>();
    const stage = libraryStage({ handlers: { count: () => gate.promise.then(() => 7) } });
    const callers = await Promise.all(Array.from({ length: 20 }, () => connected(stage, "1.0.0")));
    const call = callers[0]?.unary("library/count", {});
    await stage.clock.advance(0);
    stage.server.setFloor("library", "3.0.0", { withinMs: 100_000 });
    const asked: number[] = [];
    for (let second = 0; second < 10; second += 1) {
      asked.push(callers.filter(({ goaways }) => goaways.length > 0).length);
      await stage.clock.advance(10_000);
      if (second === 8) gate.settle();
    }

    for (const [index, count] of asked.entries()) {
      expect(count).toBeGreaterThan(index * 2 - 3);
      expect(count).toBeLessThan(index * 2 + 6);
    }
    expect(await call?.done).toBe(7);
    expect(
      new Set(await Promise.all(callers.map(async ({ ended }) => (await ended).code))),
    ).toEqual(new Set([4426]));
    expect(stage.clock.waiting).toBe(0);
  });

  test("lowered again, lets old clients in without a restart, and those stay who have not left", async () => {
    const stage = libraryStage();
    const callers = await Promise.all(Array.from({ length: 4 }, () => connected(stage, "1.0.0")));
    stage.server.setFloor("library", "2.0.0", { withinMs: 60_000 });
    expect(await answerTo(clientOf(stage, "1.0.0"))).toBe(4426);
    stage.server.setFloor("library", "3.0.0", { withinMs: 60_000 });
    stage.server.setFloor("library", "1.0.0");
    await stage.clock.advance(60_000);

    expect(await answerTo(clientOf(stage, "1.0.0"))).toBe(0);
    const stayed = callers.filter(({ goaways }) => goaways.length === 0);
    expect(stayed).toHaveLength(3); // one was asked in the turn of the first order
    for (const caller of stayed) expect(await caller.unary("library/count", {}).done).toBe(42);
  });

  test("lowered again, tells those who stay that they may, and until when", async () => {
    const stage = libraryStage({ notices: { "1.0.0": { sunset: "1970-01-20", message: "Old." } } });
    const [first, second] = [await connected(stage, "1.0.0"), await connected(stage, "1.1.0")];
    const current = await connected(stage, "3.0.0");
    stage.server.setFloor("library", "2.0.0");
    stage.server.setFloor("library", "2.0.0"); // nothing new
    stage.server.setFloor("library", "1.0.0");
    await stage.clock.advance(0);

    expect(first.notices.slice(1)).toEqual([
      {
        message: "library 1.0.0 is served again, until 1970-01-20.",
        sunset: "1970-01-20",
        contract: "library",
        release: "1.0.0",
      },
    ]);
    expect(second.notices.slice(1)).toEqual([
      { message: "library 1.1.0 is served again.", contract: "library", release: "1.1.0" },
    ]);
    expect(current.notices).toEqual([]);
  });

  test("lowered again, is said to nobody who has to leave all the same", async () => {
    const stage = libraryStage();
    const old = await connected(stage, "1.0.0");
    stage.server.setFloor("library", "3.0.0");
    stage.server.setFloor("library", "2.0.0");
    await stage.clock.advance(600_000);

    expect(old.notices).toHaveLength(1);
    expect((await old.ended).code).toBe(4426);
  });

  test("raised again, tells and asks those who stayed meanwhile, as if for the first time", async () => {
    const stage = libraryStage();
    const callers = await Promise.all(Array.from({ length: 4 }, () => connected(stage, "1.0.0")));
    stage.server.setFloor("library", "2.0.0", { withinMs: 60_000 });
    stage.server.setFloor("library", "1.0.0");
    await stage.clock.advance(60_000);
    expect(stage.server.setFloor("library", "2.0.0", { withinMs: 60_000 })).toBe(4);
    await stage.clock.advance(60_000);
    for (const { ended } of callers) expect((await ended).code).toBe(4426);
  });

  test("once more and with less time, hurries those who were told before", async () => {
    const stage = libraryStage();
    const callers = await Promise.all(Array.from({ length: 4 }, () => connected(stage, "1.0.0")));
    const first = stage.server.setFloor("library", "2.0.0");
    await stage.clock.advance(1_000);
    expect(stage.server.setFloor("library", "2.0.0")).toBe(0); // all were told, and have no less time
    const second = stage.server.setFloor("library", "2.0.0", { withinMs: 5_000, message: "Now." });
    await stage.clock.advance(5_000);

    expect([first, second]).toEqual([4, 4]);
    expect(callers.map(({ session }) => session.state)).toEqual(Array(4).fill("closed"));
    for (const { notices, ended } of callers) {
      expect((await ended).code).toBe(4426);
      expect(notices).toMatchObject([{ withinMs: 600_000 }, { withinMs: 5_000, message: "Now." }]);
    }
    expect(stage.clock.waiting).toBe(0);
  });

  test("with no time at all, closes them in the same turn", async () => {
    const stage = libraryStage();
    const old = await connected(stage, "1.0.0");
    stage.server.setFloor("library", "2.0.0", { withinMs: 0 });

    expect((await old.ended).code).toBe(4426);
    await stage.clock.advance(0);
    expect(stage.clock.waiting).toBe(0);
  });

  test("once more without words, says none of the earlier ones", async () => {
    const stage = libraryStage();
    stage.server.setFloor("library", "2.0.0", { message: "Books have names now." });
    stage.server.setFloor("library", "3.0.0");

    const { refusal } = await clientOf(stage, "1.1.0").ended;
    expect(refusal).not.toHaveProperty("notice");
    expect(refusal?.message).toMatch(/has to be updated\.$/);
  });

  test("says 4526 where it is the server that has to move: the client knows a newer release than this one", async () => {
    const stage = libraryStage();
    const newer = { release: "9.0.0", fingerprint: `sha256:${"9".repeat(64)}` };
    const offers = [newer, ...offersOf(libraryHistory, "2.0.0")];
    const callers = [offers, offers.toReversed()].map((each) =>
      stage.caller({ contracts: [{ name: "library", offers: each, optional: false }] }),
    );
    for (const caller of callers) await caller.welcome;
    stage.server.setFloor("library", "3.0.0", { withinMs: 0 });

    for (const caller of callers) expect((await caller.ended).code).toBe(4526);
  });

  test("lets stay who agreed on what is still served, whatever newer release it knows", async () => {
    const stage = libraryStage();
    const newer = { release: "9.0.0", fingerprint: `sha256:${"9".repeat(64)}` };
    const offers = [newer, ...offersOf(libraryHistory, "2.0.0")];
    const caller = stage.caller({ contracts: [{ name: "library", offers, optional: false }] });
    await caller.welcome;

    expect(stage.server.setFloor("library", "2.0.0", { withinMs: 0 })).toBe(0);
    await stage.clock.advance(0);
    expect(caller.session.state).toBe("open");
  });

  test("tells a client that can do without the contract, and sends it away to come back without it", async () => {
    const services = [libraryService(), implement(shop, { handlers: shopHandlers() })];
    const stage = new Stage({ services });
    const offers = offersOf(libraryHistory, "1.0.0");
    const contracts = [offerOf(shop), { name: "library", offers, optional: true }];
    const caller = stage.caller({ contracts });
    await caller.welcome;
    stage.server.setFloor("library", "2.0.0", { withinMs: 0, message: "Books have names now." });

    expect((await caller.ended).code).toBe(4521);
    expect(caller.notices).toMatchObject([
      { contract: "library", release: "1.0.0", message: "Books have names now." },
    ]);
    const { contracts: agreed } = await stage.caller({ contracts }).welcome;
    expect(agreed.map(({ absent }) => absent)).toEqual([undefined, "client-too-old"]);
  });

  test("lets a client stay that does without the contract already", async () => {
    const services = [
      libraryService({ floor: "2.0.0" }),
      implement(shop, { handlers: shopHandlers() }),
    ];
    const stage = new Stage({ services });
    const offers = offersOf(libraryHistory, "1.1.0", "1.0.0");
    const contracts = [offerOf(shop), { name: "library", offers, optional: true }];
    const caller = stage.caller({ contracts });
    await caller.welcome;

    expect(stage.server.setFloor("library", "3.0.0", { withinMs: 0 })).toBe(0);
    await stage.clock.advance(0);
    expect(caller.session.state).toBe("open");
  });
});

describe("setFloor refuses", () => {
  const stage = libraryStage();
  test.each([
    ["3.1.0", "3.1.0 is above 3.0.0, its newest release"],
    ["1.0.5", '"1.0.5" is none of its releases (1.0.0, 1.1.0, 2.0.0, 3.0.0)'],
    ["newest", '"newest" is none of its releases'],
  ])("%s, with the reason, and leaves the floor where it is", async (release, reason) => {
    expect(() => stage.server.setFloor("library", release)).toThrow(reason);
    expect(await answerTo(clientOf(stage, "1.0.0"))).toBe(0);
  });

  test("a contract that it does not have", () => {
    expect(() => stage.server.setFloor("museum", "1.0.0")).toThrow(
      'This server has no contract "museum"; it has library.',
    );
  });

  test("a floor below which nobody wrote adapters, naming the pair and the procedures", () => {
    const young = libraryStage({ adapters: [], floor: "3.0.0" });

    expect(() => young.server.setFloor("library", "1.1.0")).toThrow(
      /no adapter from 1\.1\.0 to 2\.0\.0 says what becomes of .*find/,
    );
  });

  test("a window that is no time", () => {
    expect(() => stage.server.setFloor("library", "2.0.0", { withinMs: NaN })).toThrow(RangeError);
    expect(() => stage.server.setFloor("library", "2.0.0", { withinMs: -1 })).toThrow(RangeError);
    expect(() => stage.server.setFloor("library", "2.0.0", { withinMs: Infinity })).toThrow(
      RangeError,
    );
  });

  test("words that no client would show, as retire does", () => {
    const sentence = '"url" of library is "example.org", which no client shows';

    expect(() => stage.server.retire("library", plain({ mesage: "" }))).toThrow(
      'nothing is said of library as "mesage", only',
    );
    expect(() => stage.server.setFloor("library", "2.0.0", plain(null))).toThrow(
      '"options" is an object',
    );

    expect(() => stage.server.setFloor("library", "2.0.0", { url: "example.org" })).toThrow(
      sentence,
    );
    expect(() => stage.server.retire("library", { url: "example.org" })).toThrow(sentence);
    expect(() => stage.server.retire("library", { sunset: "soon" })).toThrow(
      '"sunset" of library is "soon", which is no day',
    );
  });

  test("a floor for a working tree", () => {
    const services = [implement(shop, { handlers: shopHandlers() })];
    const server = createServer({ services });

    expect(() => server.setFloor("shop", "1.0.0")).toThrow("a working tree has no releases");
  });
});

/** A day of the newest release: nothing follows it. */
const soon = { "3.0.0": { sunset: "1970-01-02" } };

describe("a sunset", () => {
  const notices = {
    "1.1.0": { deprecated: "1970-01-01", sunset: "1970-01-04", successor: "3.0.0" },
  };

  function stageWith(librarian: Librarian = {}, options: Partial<ServerOptions> = {}): Stage {
    return libraryStage({ notices, ...librarian, options });
  }

  test("is announced in the welcome, again a day before to those who are there, and then comes by itself", async () => {
    const stage = stageWith({}, { sunset: { withinMs: 1_000 } });
    const old = await connected(stage, "1.1.0");
    const current = await connected(stage, "3.0.0");
    expect((await old.welcome).contracts).toMatchObject([{ notice: notices["1.1.0"] }]);
    await stage.clock.advance(day * 2);

    expect(old.notices).toEqual([
      {
        message: "library 1.1.0 is served until 1970-01-04.",
        ...notices["1.1.0"],
        contract: "library",
        release: "1.1.0",
        withinMs: day,
      },
    ]);
    expect(old.session.state).toBe("open");
    await stage.clock.advance(day);
    expect(old.notices).toHaveLength(2);
    expect(await old.ended).toMatchObject({ code: 4426 });
    expect(current.session.state).toBe("open");
    expect(current.notices).toEqual([]);
    expect(stage.logged("floor-changed").map(({ message }) => message)).toEqual([
      "library: 1.1.0 had its sunset; its floor is 2.0.0 or above.",
    ]);
  });

  test("comes with its day also where the machine's clock was an hour ahead, and was set back", async () => {
    const hour = 3_600_000;
    const stage = stageWith({}, { sunset: { withinMs: 1_000 } });
    Object.assign(stage.clock, { wall: () => stage.clock.now() - hour });
    const old = await connected(stage, "1.1.0");
    await stage.clock.advance(day * 3 - 1_000_001 + hour);

    expect(old.notices).toMatchObject([{ withinMs: day }]);
    expect(old.session.state).toBe("open");
    expect(await answerTo(clientOf(stage, "1.1.0"))).toBe(0);
    await stage.clock.advance(1_001);
    expect(await old.ended).toMatchObject({ code: 4426 });
    expect(await answerTo(clientOf(stage, "1.1.0"))).toBe(4426);
  });

  test("takes older releases with it, and says in the refusal since when", async () => {
    const stage = stageWith();
    await stage.clock.advance(day * 3 - 1_000_001);
    expect(await answerTo(clientOf(stage, "1.1.0"))).toBe(0);
    await stage.clock.advance(1);

    expect(await answerTo(clientOf(stage, "1.0.0"))).toBe(4426);
    expect(await answerTo(clientOf(stage, "2.0.0"))).toBe(0);
    expect((await clientOf(stage, "1.1.0").ended).refusal?.notice).toEqual(notices["1.1.0"]);
  });

  test("makes nobody leave who came while nothing was there to notice it", async () => {
    const stage = stageWith();
    expect(stage.clock.waiting).toBe(0); // a server without clients keeps no process alive
    const old = await connected(stage, "1.1.0");
    await stage.clock.sleep(day * 3);
    const [late, inTime] = [
      await answerTo(clientOf(stage, "1.0.0")),
      await answerTo(clientOf(stage, "3.0.0")),
    ];
    await stage.clock.advance(600_000);

    expect([late, inTime]).toEqual([4426, 0]);
    expect((await old.ended).code).not.toBe(1000);
  });

  test("comes on its own day, whatever day an older release was given", async () => {
    const stage = stageWith({
      notices: { "1.0.0": { sunset: "1970-01-20" }, "1.1.0": { sunset: "1970-01-04" } },
    });
    await stage.clock.advance(day * 4);

    expect(await answerTo(clientOf(stage, "1.1.0"))).toBe(4426);
    expect(await answerTo(clientOf(stage, "2.0.0"))).toBe(0);
  });

  test("is not announced early because another one has come", async () => {
    const stage = stageWith({
      notices: { "1.0.0": { sunset: "1970-01-04" }, "1.1.0": { sunset: "1970-01-20" } },
    });
    const old = await connected(stage, "1.1.0");
    await stage.clock.advance(day * 4);
    const early = [...old.notices];
    await stage.clock.advance(day * 14);

    expect(early).toEqual([]);
    expect(old.notices).toMatchObject([{ message: "library 1.1.0 is served until 1970-01-20." }]);
  });

  test.each([
    ["on the same day", "1970-01-06", day],
    ["soon after", "1970-01-08", 4 * day],
  ])(
    "is announced in time to those who are there, also where that of another release is %s",
    async (_, sunset, remindMs) => {
      const stage = stageWith(
        { notices: { "1.0.0": { sunset: "1970-01-06" }, "1.1.0": { sunset } } },
        { sunset: { remindMs } },
      );
      const [first, second] = [await connected(stage, "1.0.0"), await connected(stage, "1.1.0")];
      await stage.clock.advance(day * 4);

      expect(first.notices).toMatchObject([{ release: "1.0.0", withinMs: remindMs }]);
      expect(second.notices).toMatchObject([{ release: "1.1.0", sunset, withinMs: remindMs }]);
    },
  );

  test("is waited for as long as somebody is there, and by nobody once the last is gone", async () => {
    const stage = stageWith();
    const callers = [await connected(stage, "3.0.0"), await connected(stage, "3.0.0")];
    for (const { session } of callers) {
      expect(stage.clock.waiting).toBeGreaterThan(0);
      session.close(1000, "");
      await settle();
    }

    expect(stage.clock.waiting).toBe(0);
  });

  test("is not forgotten because somebody else has left", async () => {
    const stage = stageWith({}, { sunset: { withinMs: 1_000 } });
    const gone = await connected(stage, "3.0.0");
    const old = await connected(stage, "1.1.0");
    gone.session.close(1000, "");
    await stage.clock.advance(day * 3);

    expect(old.notices).toMatchObject([{ withinMs: day }, { withinMs: 1_000 }]);
    expect((await old.ended).code).toBe(4426);
  });

  test("is what those hear whom a floor sends away, where the operator says nothing else", async () => {
    const stage = stageWith();
    stage.server.setFloor("library", "2.0.0");

    const { sunset: _announced, ...words } = notices["1.1.0"];

    // The day has not come: it is not since then that this release is not served.
    expect((await clientOf(stage, "1.1.0").ended).refusal?.notice).toEqual(words);
  });

  test("begins with the first millisecond of its day", async () => {
    const stage = libraryStage({ notices: { "1.0.0": { sunset: "1970-01-02" } } });
    await stage.clock.advance(day - stage.clock.now() - 1);
    expect(await answerTo(clientOf(stage, "1.0.0"))).toBe(0);
    await stage.clock.advance(1);

    expect(await answerTo(clientOf(stage, "1.0.0"))).toBe(4426);
    expect(await answerTo(clientOf(stage, "1.1.0"))).toBe(0);
  });

  test("leaves the operator's words where it finds the floor as it would make it", async () => {
    const stage = libraryStage({ notices: { "1.1.0": { sunset: "1970-01-04" } } });
    stage.server.setFloor("library", "2.0.0", { message: "Books have names now." });
    await stage.clock.advance(day * 4);

    const { refusal } = await clientOf(stage, "1.1.0").ended;
    expect(refusal?.notice).toEqual({ message: "Books have names now." });
  });

  test("gives way to the operator, who lowers the floor below it", async () => {
    const stage = stageWith();
    await stage.clock.advance(day * 4);
    expect(await answerTo(clientOf(stage, "1.0.0"))).toBe(4426);
    stage.server.setFloor("library", "1.0.0");

    expect(await answerTo(clientOf(stage, "1.0.0"))).toBe(0);
    await stage.clock.advance(day);
    expect(await answerTo(clientOf(stage, "1.0.0"))).toBe(0);
  });

  test("gives way to the operator also where it came while nobody was there", async () => {
    const stage = stageWith();
    await stage.clock.advance(day * 4);
    stage.server.setFloor("library", "1.0.0");
    expect(await answerTo(clientOf(stage, "1.0.0"))).toBe(0);

    const closed = libraryStage({ retirement: { sunset: "1970-01-04", message: "By the plan." } });
    await closed.clock.advance(day * 4);
    closed.server.retire("library", { message: "By the operator." });
    const { refusal } = await clientOf(closed, "1.0.0").ended;
    expect(refusal?.notice).toEqual({ message: "By the operator." });
  });

  test("that has passed is the floor of a server that starts, and one before it does not lower it", async () => {
    const stage = stageWith({ floor: "2.0.0", notices: { "1.0.0": { sunset: "1970-01-01" } } });

    expect(await answerTo(clientOf(stage, "1.1.0"))).toBe(4426);
    expect(await answerTo(clientOf(stage, "2.0.0"))).toBe(0);
  });

  test("of the newest release that has passed is refused with the reason: nothing follows it", () => {
    expect(() => stageWith({ notices: { "3.0.0": { sunset: "1970-01-01" } } })).toThrow(
      /its newest release 3\.0\.0 had its sunset, and no newer one follows it/,
    );
  });

  test("of the newest release that has passed is no obstacle where the whole contract is withdrawn", async () => {
    const notice = { "3.0.0": { sunset: "1970-01-01" } };
    const stage = stageWith({ notices: notice, retirement: { message: "We have closed." } });

    expect(await answerTo(clientOf(stage, "3.0.0"))).toBe(4410);
  });

  test("of the newest release that comes while the server runs is an error in the log, and nobody is sent away", async () => {
    const stage = stageWith({ notices: { "3.0.0": { sunset: "1970-01-02" } } });
    const current = await connected(stage, "3.0.0");
    await stage.clock.advance(day * 2);

    expect(current.session.state).toBe("open");
    expect(await answerTo(clientOf(stage, "3.0.0"))).toBe(0);
    expect(stage.logged("sunset-without-successor")).toMatchObject([{ level: "error" }]);
  });

  test.each([
    [
      "on the same day",
      () => libraryStage({ notices: soon, retirement: { sunset: "1970-01-02" } }),
    ],
    [
      "before, by the operator",
      () => {
        const stage = libraryStage({ notices: soon });
        stage.server.retire("library");
        return stage;
      },
    ],
  ])("of the newest release is no error where the contract is withdrawn %s", async (_, make) => {
    const stage = make();
    await stage.clock.advance(day * 2);

    expect(await answerTo(clientOf(stage, "3.0.0"))).toBe(4410);
    expect(stage.logged("sunset-without-successor")).toEqual([]);
  });

  test.each<[retirement: unknown, sentence: string]>([
    [null, "what is said of retirement is an object of since, deprecated, sunset,"],
    ["2027-01-31", "what is said of retirement is an object of since, "],
    [{ sunsets: "2027-01-31" }, 'nothing is said of retirement as "sunsets", only since,'],
    [{ message: 5 }, '"message" of retirement is 5, which is no text'],
  ])("in %j is none, and withdraws nothing at once", (retirement, sentence) => {
    expect(() => stageWith({ retirement: plain(retirement) })).toThrow(sentence);
  });

  test.each([[5], [[]], [new Map([["1.0.0", {}]])]])("in notices of %o is refused", (given) => {
    expect(() => stageWith({ notices: plain(given) })).toThrow('"notices" is an object');
  });

  test("that comes before its own deprecation is refused when the server starts: somebody mistook the year", () => {
    const notice = { deprecated: "2027-01-01", sunset: "2026-06-30" };
    expect(() => stageWith({ notices: { "1.0.0": notice } })).toThrow(
      '"sunset" of 1.0.0 is 2026-06-30, which is before its "deprecated", 2027-01-01',
    );
    expect(() => stageWith({ retirement: notice })).toThrow('"sunset" of retirement is 2026-06-30');
  });

  test.each(["tomorrow", "1970-02-30"])("on %s is refused when the server starts", (sunset) => {
    expect(() => stageWith({ notices: { "1.0.0": { sunset } } })).toThrow("which is no day");
  });
});

describe("a whole contract", () => {
  test("is withdrawn on a running server, and brought back", async () => {
    const stage = libraryStage();
    const current = await connected(stage, "3.0.0");
    stage.server.retire("library", { withinMs: 0, message: "The library has closed." });

    expect(await current.ended).toMatchObject({
      code: 4410,
      reason: "contract-retired contract=library have=3.0.0",
    });
    const { refusal } = await clientOf(stage, "3.0.0").ended;
    expect(refusal).toMatchObject({ closeCode: 4410, mustMove: "client" });
    expect(refusal?.message).toContain("The library has closed.");
    stage.server.setFloor("library", "2.0.0");
    expect(await answerTo(clientOf(stage, "3.0.0"))).toBe(0);
    expect(await answerTo(clientOf(stage, "1.0.0"))).toBe(4426);
  });

  test("that is withdrawn is called so to those who are there, and nothing of it is said to be served", async () => {
    const stage = libraryStage();
    const caller = await connected(stage, "3.0.0");
    stage.server.retire("library", { withinMs: 60_000 });
    await stage.clock.advance(0);

    expect(caller.notices).toEqual([
      {
        message: "The contract library was withdrawn; nothing takes its place here.",
        contract: "library",
        release: "3.0.0",
        withinMs: 60_000,
      },
    ]);
  });

  test("is announced by its name where the operator says no words", async () => {
    const stage = libraryStage({ retirement: { sunset: "1970-01-04" } });
    const caller = await connected(stage, "3.0.0");
    await stage.clock.advance(day * 2);

    expect(caller.notices).toMatchObject([{ message: "library is served until 1970-01-04." }]);
  });

  test("is withdrawn on its day, which every client is told, also where something else is said of its release", async () => {
    const retirement = { sunset: "1970-01-02", message: "Read elsewhere." };
    const stage = libraryStage({ retirement, notices: { "1.0.0": { message: "Old." } } });
    const caller = await connected(stage, "3.0.0");
    expect((await caller.welcome).contracts[0]?.notice).toEqual(retirement);
    const old = await connected(stage, "1.0.0");
    expect((await old.welcome).contracts[0]?.notice).toEqual({ ...retirement, message: "Old." });
    await stage.clock.advance(day + 600_000);

    expect((await caller.ended).code).toBe(4410);
    expect((await old.ended).code).toBe(4410);
    expect(await answerTo(clientOf(stage, "3.0.0"))).toBe(4410);
  });

  test("is announced with its own words a day before, to everybody who is there", async () => {
    const retirement = { sunset: "1970-01-04", message: "Read elsewhere." };
    const stage = libraryStage({ retirement });
    const callers = [await connected(stage, "1.0.0"), await connected(stage, "3.0.0")];
    await stage.clock.advance(day * 2);

    for (const { notices } of callers)
      expect(notices).toMatchObject([{ ...retirement, contract: "library", withinMs: day }]);
  });

  test("that was withdrawn is not brought back by the sunset of a release", async () => {
    const stage = libraryStage({ notices: { "1.1.0": { sunset: "1970-01-04" } } });
    stage.server.retire("library", {});
    await stage.clock.advance(day * 4);

    expect(await answerTo(clientOf(stage, "3.0.0"))).toBe(4410);
  });

  test("of which the code is gone is refused with 4410, and not with 4404", async () => {
    const museum = { message: "The museum has closed.", url: "https://example.org/museum" };
    const stage = libraryStage({ options: { withdrawn: { museum } } });
    const contracts = [
      { name: "museum", offers: offersOf(libraryHistory, "1.0.0"), optional: false },
    ];

    expect((await stage.caller({ contracts }).ended).refusal).toMatchObject({
      closeCode: 4410,
      contract: "museum",
      notice: museum,
    });
  });

  test("cannot be withdrawn with words that no client would show", () => {
    const withdrawn = { museum: { url: "example.org" } };

    expect(() => createServer({ services: [], withdrawn })).toThrow(
      '"url" of museum is "example.org", which no client shows',
    );
  });

  test("cannot be implemented and withdrawn", () => {
    const withdrawn = { library: {} };

    expect(() => libraryStage({ options: { withdrawn } })).toThrow(
      "is implemented, and named under",
    );
  });
});

describe("a procedure that will go", () => {
  const deprecated = { since: "1.0.0", sunset: "2030-01-01", successor: "hail" };
  const text = Type.Object({ text: Type.String() });
  const greeter = defineContract("greeter", {
    greet: unary({ request: text, response: text, deprecated }),
    hail: unary({ request: text, response: text }),
  });

  test("is said at its first call on each connection, once, and that call is answered as ever", async () => {
    const handlers = { greet: same, hail: same };
    const stage = new Stage({ services: [implement(greeter, { handlers })] });
    const caller = stage.caller({ contracts: [offerOf(greeter)] });
    await caller.unary("greeter/hail", { text: "a" }).done;
    expect(caller.notices).toEqual([]);
    await caller.unary("greeter/greet", { text: "b" }).done;

    expect(await caller.unary("greeter/greet", { text: "c" }).done).toEqual({ text: "c" });
    expect(caller.notices).toEqual([{ ...deprecated, contract: "greeter", procedure: "greet" }]);
    const other = stage.caller({ contracts: [offerOf(greeter)] });
    await other.unary("greeter/greet", { text: "d" }).done;
    expect(other.notices).toHaveLength(1);
  });
});

test("a procedure that will go is not said to outlive the contract, or the release that is spoken", async () => {
  const text = Type.Object({ text: Type.String() });
  const days = { soon: "1970-01-02", later: "2030-01-01" };
  const procedures = Object.entries(days).map(([name, sunset]) => {
    const deprecated = { sunset, message: name };
    return [name, unary({ request: text, response: text, deprecated })] as const;
  });
  const greeter = defineContract("greeter", Object.fromEntries(procedures));
  const handlers = { soon: same, later: same };
  const retirement = { sunset: "1970-01-09" };
  const stage = new Stage({ services: [implement(greeter, { handlers, retirement })] });
  const caller = stage.caller({ contracts: [offerOf(greeter)] });
  for (const name of Object.keys(days)) await caller.unary(`greeter/${name}`, { text: "a" }).done;

  expect(caller.notices.map(({ sunset, message }) => [message, sunset])).toEqual([
    ["soon", "1970-01-02"],
    ["later", "1970-01-09"],
  ]);
});

test("a welcome names the newest release to those who know no release as new", async () => {
  const stage = libraryStage();
  const newer = { release: "9.0.0", fingerprint: `sha256:${"9".repeat(64)}` };
  const offers = [newer, ...offersOf(libraryHistory, "2.0.0")];
  const rolledBack = stage.caller({ contracts: [{ name: "library", offers, optional: false }] });

  expect((await clientOf(stage, "2.0.0").welcome).contracts[0]?.newest).toBe("3.0.0");
  expect((await clientOf(stage, "3.0.0").welcome).contracts[0]?.newest).toBeUndefined();
  expect((await rolledBack.welcome).contracts[0]?.newest).toBeUndefined();
});
