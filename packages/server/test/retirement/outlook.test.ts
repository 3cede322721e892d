/** Which day ends a release, and that everybody whom it ends hears that day, in whatever shows it. */
import type { Deprecation } from "@concordat/core";
import { describe, expect, test } from "vitest";

import { implement, openMetricsOf, type ServerOptions } from "../../src/index.ts";
import { type Caller, offerOf } from "../fixture/caller.ts";
import {
  type Librarian,
  libraryCaller,
  libraryService,
  libraryStage,
} from "../fixture/librarian.ts";
import { libraryHistory, offersOf } from "../fixture/library-history.ts";
import { shop, shopHandlers } from "../fixture/shop.ts";
import { Stage } from "../fixture/stage.ts";

/** The clock of a stage stands at 1970-01-01T00:16:40Z. */
const day = 86_400_000;
const said = { deprecated: "1970-01-01", sunset: "1970-01-04", successor: "3.0.0" };

function stageWith(librarian: Librarian, options: Partial<ServerOptions> = {}): Stage {
  return libraryStage({ ...librarian, options });
}

async function connected(stage: Stage, ...releases: readonly string[]): Promise<Caller> {
  const caller = libraryCaller(stage, ...releases);
  await caller.welcome;
  return caller;
}

/** What a welcome says to clients of a release. */
async function heardBy(stage: Stage, release: string): Promise<Deprecation | undefined> {
  return (await libraryCaller(stage, release).welcome).contracts[0]?.notice;
}

/** A client that says what it uses, and so is served below the floor. */
function userOf(stage: Stage, release: string): Caller {
  const offers = offersOf(libraryHistory, release);
  return stage.caller({
    contracts: [{ name: "library", offers, optional: false, uses: ["count"] }],
  });
}

/** How a client is answered: a close code, or 0 for a welcome. */
async function answerTo(caller: Caller): Promise<number> {
  return Promise.race([caller.welcome.then(() => 0), caller.ended.then(({ code }) => code)]);
}

describe("the sunset of a release is that of every older one", () => {
  test("in the welcome, a day before, when it has come, and in the refusal", async () => {
    const stage = stageWith({ notices: { "1.1.0": said } }, { sunset: { withinMs: 1_000 } });
    const oldest = await connected(stage, "1.0.0");
    expect((await oldest.welcome).contracts[0]?.notice).toEqual(said);
    expect(await heardBy(stage, "2.0.0")).toBeUndefined();
    await stage.clock.advance(day * 3);

    const about = { ...said, contract: "library", release: "1.0.0" };
    expect(oldest.notices).toEqual([
      { ...about, message: "library 1.0.0 is served until 1970-01-04.", withinMs: day },
      {
        ...about,
        message: "library 1.0.0 is not served any more; 2.0.0 to 3.0.0 is served.",
        withinMs: 1_000,
      },
    ]);
    expect((await oldest.ended).code).toBe(4426);
    const { refusal } = await libraryCaller(stage, "1.0.0").ended;
    expect(refusal).toMatchObject({ closeCode: 4426, notice: said });
  });

  test("also within the last day, for those who come then: many sleep when it begins", async () => {
    const stage = stageWith({ notices: { "1.1.0": said } });
    const first = await connected(stage, "1.0.0");
    await stage.clock.advance(day * 2.5 - 1_000_000);
    const late = await connected(stage, "1.0.0");
    const current = await connected(stage, "3.0.0");
    await stage.clock.advance(0);

    expect(first.notices).toMatchObject([{ sunset: said.sunset, withinMs: day }]);
    expect(late.notices).toEqual([
      {
        ...said,
        message: "library 1.0.0 is served until 1970-01-04.",
        contract: "library",
        release: "1.0.0",
        withinMs: day / 2,
      },
    ]);
    expect(current.notices).toEqual([]);
  });

  test("in the headers of an HTTP 426", async () => {
    const stage = stageWith({ notices: { "1.1.0": said } }, { refuseAt: "upgrade" });
    await stage.clock.advance(day * 3);
    const protocol = "concordat.v1, library.1.0.0";
    const headers = new Headers({ "sec-websocket-protocol": protocol });

    expect(stage.server.upgrade({ headers })).toMatchObject({
      status: 426,
      headers: { Deprecation: "@0", Sunset: "Sun, 04 Jan 1970 00:00:00 GMT" },
    });
  });

  test("beside the words that an older one has of its own", async () => {
    const own = { deprecated: "1969-01-01", message: "Books have years now." };
    const stage = stageWith({ notices: { "1.0.0": own, "1.1.0": said } });
    const oldest = await connected(stage, "1.0.0");
    expect((await oldest.welcome).contracts[0]?.notice).toEqual({ ...said, ...own });
    await stage.clock.advance(day * 2);

    expect(oldest.notices).toMatchObject([{ ...said, ...own, withinMs: day }]);
  });

  test("instead of what was said of an older one for a later day, which it does not live to see", async () => {
    const later = { sunset: "1970-01-20", message: "Until the twentieth.", successor: "2.0.0" };
    const stage = stageWith({ notices: { "1.0.0": later, "1.1.0": said } });
    const oldest = await connected(stage, "1.0.0");
    expect((await oldest.welcome).contracts[0]?.notice).toEqual(said);
    await stage.clock.advance(day * 2);
    expect(oldest.notices).toMatchObject([{ sunset: said.sunset, withinMs: day }]);
    await stage.clock.advance(day);

    expect((await libraryCaller(stage, "1.0.0").ended).refusal?.notice).toEqual(said);
  });

  test("and not where an older one has an earlier day", async () => {
    const sooner = { sunset: "1970-01-03" };
    const stage = stageWith({ notices: { "1.0.0": sooner, "1.1.0": said } });
    const oldest = await connected(stage, "1.0.0");
    expect((await oldest.welcome).contracts[0]?.notice).toEqual(sooner);
    await stage.clock.advance(day * 1.5);

    expect(oldest.notices).toMatchObject([{ ...sooner, release: "1.0.0" }]);
  });

  test("as the nearest of several newer ones has it, until that has passed and the operator lets it live", async () => {
    const stage = stageWith({
      notices: { "1.0.0": { sunset: "1970-01-03" }, "1.1.0": { sunset: "1970-01-09" } },
    });
    await stage.clock.advance(day * 3);
    expect((await libraryCaller(stage, "1.0.0").ended).refusal?.notice).toEqual({
      sunset: "1970-01-03",
    });
    stage.server.setFloor("library", "1.0.0");
    const oldest = await connected(stage, "1.0.0");
    expect((await oldest.welcome).contracts[0]?.notice).toEqual({ sunset: "1970-01-09" });
    await stage.clock.advance(day * 4);
    expect(oldest.notices).toMatchObject([{ sunset: "1970-01-09", withinMs: day }]);
    await stage.clock.advance(day * 2);

    expect((await oldest.ended).code).toBe(4426);
  });

  test("and is not said of a client that a floor, raised by hand, has sent away before", async () => {
    const stage = stageWith({ notices: { "1.1.0": said } });
    stage.server.setFloor("library", "2.0.0");

    expect((await libraryCaller(stage, "1.0.0").ended).refusal).not.toHaveProperty("notice");
  });

  test("and names as successor, where nobody said one, the newest and not one that goes with it or soon after", async () => {
    const notices = {
      "1.0.0": { sunset: "1970-01-04" },
      "1.1.0": { sunset: "1970-01-04" },
      "2.0.0": { sunset: "1970-01-05" },
    };
    const stage = stageWith({ notices });
    const oldest = await connected(stage, "1.0.0");
    const current = await connected(stage, "3.0.0");
    await stage.clock.advance(day * 2);

    expect(oldest.notices).toMatchObject([{ sunset: "1970-01-04", successor: "3.0.0" }]);
    expect(current.notices).toEqual([]);
  });

  test("and is said of nobody whom a floor, raised by hand, has ended before it: not to clients, nor to the operator", async () => {
    const stage = stageWith({ notices: { "1.0.0": { message: "Old." }, "1.1.0": said } });
    const old = await connected(stage, "1.1.0");
    stage.server.setFloor("library", "2.0.0");
    await stage.clock.advance(0);
    const { sunset: _announced, ...words } = said;

    expect(old.notices).toMatchObject([words]);
    expect(old.notices[0]).not.toHaveProperty("sunset");
    expect((await libraryCaller(stage, "1.1.0").ended).refusal?.notice).toEqual(words);
    expect((await libraryCaller(stage, "1.0.0").ended).refusal?.notice).toEqual({
      message: "Old.",
    });
    expect(stage.server.fleet().contracts[0]?.sunsets).toEqual({});
    stage.server.setFloor("library", "1.0.0");
    expect(await heardBy(stage, "1.1.0")).toEqual(said);
  });

  test("and is said no more of one that it has ended and the operator lets live", async () => {
    const stage = stageWith({ notices: { "1.1.0": said } });
    await stage.clock.advance(day * 3);
    stage.server.setFloor("library", "1.0.0");
    const { sunset: _passed, ...words } = said;

    expect(await heardBy(stage, "1.1.0")).toEqual(words);
    expect(stage.server.fleet().contracts[0]?.sunsets).toEqual({});
  });

  test("and goes on being said where it left nothing to serve: the next start fails", async () => {
    const notices = { "3.0.0": { sunset: "1970-01-02" } };
    const stage = stageWith({ notices });
    await connected(stage, "3.0.0");
    await stage.clock.advance(day * 2);

    expect(await heardBy(stage, "3.0.0")).toEqual(notices["3.0.0"]);
    expect(await heardBy(stage, "2.0.0")).toBeUndefined();
    expect(stage.server.fleet().contracts[0]?.sunsets).toEqual({ "3.0.0": "1970-01-02" });
  });

  test("and is not said again to those who were told to leave already", async () => {
    const stage = stageWith({ notices: { "1.1.0": said } });
    const oldest = await connected(stage, "1.0.0");
    await stage.clock.advance(day * 2 - 1_000_001);
    stage.server.setFloor("library", "2.0.0");
    await stage.clock.advance(1);

    expect(oldest.notices).toMatchObject([{ withinMs: 600_000 }]);
  });

  test("also for a client that is served below the floor, because of what it uses", async () => {
    const stage = stageWith({ floor: "2.0.0", notices: { "2.0.0": said } });
    const user = userOf(stage, "1.1.0");
    expect((await user.welcome).contracts[0]?.notice).toEqual(said);
    await stage.clock.advance(day * 2);
    expect(user.notices).toMatchObject([{ ...said, release: "1.1.0", withinMs: day }]);
    await stage.clock.advance(day + 600_000);

    expect((await user.ended).code).toBe(4426);
  });

  test("comes for such a client also where the floor is above that release already", async () => {
    const stage = stageWith({ floor: "2.0.0", notices: { "1.0.0": said } });
    const [gone, kept] = [userOf(stage, "1.0.0"), userOf(stage, "1.1.0")];
    await Promise.all([gone.welcome, kept.welcome]);
    await stage.clock.advance(day * 3 + 600_000);

    expect([gone, kept].map(({ session }) => session.state)).toEqual(["closed", "open"]);
    expect(await answerTo(userOf(stage, "1.0.0"))).toBe(4426);
    expect(await answerTo(userOf(stage, "1.1.0"))).toBe(0);
    stage.server.setFloor("library", "2.0.0");
    expect(await answerTo(userOf(stage, "1.0.0"))).toBe(0);
  });
});

describe("the sunset of a whole contract", () => {
  const retirement = { sunset: "1970-01-09", message: "Read elsewhere." };

  test("is said with the words that a release has of its own, and gives way to an earlier day", async () => {
    const notices = { "1.0.0": { message: "Old." }, "2.0.0": said };
    const stage = stageWith({ retirement, notices });

    expect(await heardBy(stage, "1.0.0")).toEqual({ ...said, message: "Old." });
    expect(await heardBy(stage, "2.0.0")).toEqual(said);
    expect(await heardBy(stage, "3.0.0")).toEqual(retirement);
  });

  test("is said instead of a later day of a release", async () => {
    const stage = stageWith({ retirement, notices: { "2.0.0": { sunset: "1970-01-20" } } });
    const current = await connected(stage, "2.0.0");
    expect((await current.welcome).contracts[0]?.notice).toEqual(retirement);
    await stage.clock.advance(day * 7);

    expect(current.notices).toMatchObject([{ ...retirement, withinMs: day }]);
  });

  test("is said no more once it has passed and the operator has brought the contract back", async () => {
    const stage = stageWith({ retirement });
    await stage.clock.advance(day * 9);
    expect(await answerTo(libraryCaller(stage, "3.0.0"))).toBe(4410);
    stage.server.setFloor("library", "1.0.0");

    expect(await heardBy(stage, "3.0.0")).toBeUndefined();
  });

  test("that was withdrawn at once is said no more once it was brought back", async () => {
    const stage = stageWith({ retirement: { message: "We have closed." } });
    stage.server.setFloor("library", "1.0.0");

    expect(await heardBy(stage, "3.0.0")).toBeUndefined();
  });

  test("is said no more where the operator has withdrawn it before that day", async () => {
    const stage = stageWith({ retirement, notices: { "2.0.0": said } });
    stage.server.retire("library", { message: "We have closed." });
    const { refusal } = await libraryCaller(stage, "2.0.0").ended;

    expect(refusal?.notice).toEqual({ message: "We have closed." });
    expect(stage.server.fleet().contracts).toMatchObject([{ isRetired: true }]);
    expect(stage.server.fleet().contracts[0]?.sunsets).toEqual({});
  });

  test("is announced to clients of a working tree too, in the welcome and a day before", async () => {
    const services = [implement(shop, { handlers: shopHandlers(), retirement })];
    const stage = new Stage({ services });
    const caller = stage.caller({ contracts: [offerOf(shop)] });
    expect((await caller.welcome).contracts[0]?.notice).toEqual(retirement);
    await stage.clock.advance(day * 7);

    expect(caller.notices).toEqual([{ ...retirement, contract: "shop", withinMs: day }]);
    expect(stage.server.fleet().contracts).toMatchObject([
      { sunsets: { unreleased: retirement.sunset } },
    ]);
  });

  test("is not announced to those who do without the contract", async () => {
    const services = [
      implement(shop, { handlers: shopHandlers() }),
      libraryService({ retirement, floor: "2.0.0" }),
    ];
    const stage = new Stage({ services });
    const offers = offersOf(libraryHistory, "1.0.0");
    const contracts = [offerOf(shop), { name: "library", offers, optional: true }];
    const caller = stage.caller({ contracts });
    expect((await caller.welcome).contracts[1]).not.toHaveProperty("notice");
    await stage.clock.advance(day * 7);

    expect(caller.notices).toEqual([]);
  });
});

describe("an operator sees", () => {
  test("of every release the day that its clients hear, before and after", async () => {
    const retirement = { sunset: "1970-01-09" };
    const stage = stageWith({ notices: { "1.1.0": said }, retirement });
    await connected(stage, "1.0.0");
    const sunsets = {
      "1.0.0": "1970-01-04",
      "1.1.0": "1970-01-04",
      "2.0.0": "1970-01-09",
      "3.0.0": "1970-01-09",
    };
    expect(stage.server.fleet().contracts).toMatchObject([{ floor: "1.0.0", sunsets }]);
    expect(openMetricsOf(stage.server.fleet())).toContain(
      `concordat_release_sunset_timestamp_seconds{contract="library",release="1.0.0"} ${(day * 3) / 1_000}`,
    );
    await stage.clock.advance(day * 3);
    expect(stage.server.fleet().contracts).toMatchObject([{ floor: "2.0.0", sunsets }]);
    await stage.clock.advance(day * 5);

    expect(stage.server.fleet().contracts).toMatchObject([{ isRetired: true, sunsets }]);
  });
});

test("of an optional contract that was withdrawn no newer release is news", async () => {
  const services = [libraryService(), implement(shop, { handlers: shopHandlers() })];
  const stage = new Stage({ services });
  stage.server.retire("library");
  const offers = offersOf(libraryHistory, "1.0.0");
  const contracts = [offerOf(shop), { name: "library", offers, optional: true }];
  const [, welcomed] = (await stage.caller({ contracts }).welcome).contracts;

  expect(welcomed?.absent).toBe("contract-retired");
  expect(welcomed?.newest).toBeUndefined();
});
