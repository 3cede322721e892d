/** A page that is too old: it reloads once where nothing is lost, and never in a loop. */
import { ConcordatError, UpgradeRequiredError } from "@concordat/core";
import { FakeClock, settle } from "@concordat/testing";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import type { ClientEvents } from "../../src/connection/client-events.ts";
import { Listeners } from "../../src/connection/listeners.ts";
import {
  onUpgradeRequired,
  type ReloadStorage,
  type TabChannel,
  type UpgradeNeed,
  type UpgradeOptions,
} from "../../src/upgrade.ts";
import { stage } from "../fixture/stage.ts";

const tooOld = new UpgradeRequiredError({
  closeCode: 4426,
  closeName: "client-too-old",
  message: "Too old.",
  mustMove: "client",
});

/** What survives a reload: the tab's storage, and the other tabs. */
class Tab {
  readonly clock = new FakeClock();
  readonly items = new Map<string, string>();
  readonly storage: ReloadStorage = {
    getItem: (key) => this.items.get(key) ?? null,
    setItem: (key, value) => void this.items.set(key, value),
  };
  readonly site: Site;
  reloads = 0;

  constructor(site = new Site()) {
    this.site = site;
  }

  /** One life of the page, from its load. */
  load(options: Partial<UpgradeOptions> = {}): Page {
    return new Page(this, options);
  }
}

/** All tabs of a site hear each other, and not themselves. */
class Site {
  readonly heard: unknown[] = [];
  readonly #listeners = new Map<object, ((event: { readonly data: unknown }) => void)[]>();

  channel(): TabChannel {
    const own = {};
    this.#listeners.set(own, []);
    return {
      postMessage: (data) => {
        this.heard.push(data);
        for (const [whose, listeners] of this.#listeners)
          if (whose !== own) for (const listener of listeners) listener({ data });
      },
      addEventListener: (_type, listener) => this.#listeners.get(own)?.push(listener),
      close: () => this.#listeners.delete(own),
    };
  }

  get channels(): number {
    return this.#listeners.size;
  }
}

class Page {
  readonly shown: UpgradeNeed[] = [];
  readonly stop: () => void;
  readonly #events = new Listeners<ClientEvents>((run) => run());

  constructor(tab: Tab, options: Partial<UpgradeOptions>) {
    const client = { on: this.#events.on.bind(this.#events) };
    this.stop = onUpgradeRequired(client, {
      build: "b1",
      show: (need) => this.shown.push(need),
      storage: tab.storage,
      channel: tab.site.channel(),
      clock: tab.clock,
      reload: () => (tab.reloads += 1),
      mayReload: () => true,
      ...options,
    });
  }

  get listeners(): number {
    return this.#events.size;
  }

  get reasons(): readonly string[] {
    return this.shown.map(({ reason }) => reason);
  }

  async refuse(error = tooOld): Promise<void> {
    this.#events.emit("upgradeRequired", error);
    await settle();
  }
}

describe("a page that is refused", () => {
  test("reloads once, and shows a banner when the same build comes again", async () => {
    const tab = new Tab();
    const first = tab.load();
    await first.refuse();
    expect([tab.reloads, first.reasons]).toEqual([1, []]);
    const second = tab.load();
    await second.refuse();

    expect([tab.reloads, second.reasons]).toEqual([1, ["exhausted"]]);
    expect(second.shown[0]?.error).toBe(tooOld);
    second.shown[0]?.reload();
    expect(tab.reloads).toBe(2); // the user may, as often as they like
  });

  test("of another build has a budget of its own", async () => {
    const tab = new Tab();
    await tab.load({ build: "b1" }).refuse();
    await tab.load({ build: "b2" }).refuse();

    expect(tab.reloads).toBe(2);
  });

  test("never loops, whatever builds come, however often, with whatever in the storage", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom("b1", "b2"), fc.string()), {
          minLength: 5,
          maxLength: 40,
        }),
        fc.option(fc.oneof(fc.string(), fc.json()), { nil: undefined }),
        async (builds, before) => {
          const tab = new Tab();
          if (before !== undefined) tab.items.set("concordat-reloads", before);
          for (const build of builds) {
            await tab.load({ build }).refuse();
            await tab.clock.advance(1_000); // as long as a page takes to load
          }

          expect(tab.reloads).toBeLessThanOrEqual(3);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("reloads three times in an hour whatever the builds, and again once the first of them is an hour ago", async () => {
    const tab = new Tab();
    await tab.clock.advance(36_000_000);
    const reloads: number[] = [];
    for (const build of ["b1", "b2", "b3", "b4", "b5", "b6"]) {
      await tab.load({ build }).refuse();
      reloads.push(tab.reloads);
      await tab.clock.advance(900_000);
    }

    expect(reloads).toEqual([1, 2, 3, 3, 4, 5]);
  });

  test.each<[string, ReloadStorage]>([
    ["throws", { getItem: () => thrown(), setItem: () => thrown() }],
    ["throws when something is written", { getItem: () => null, setItem: () => thrown() }],
    ["forgets", { getItem: () => null, setItem: () => undefined }],
  ])("never reloads itself where the storage %s", async (_what, storage) => {
    const tab = new Tab();
    const page = tab.load({ storage });
    await page.refuse();

    expect([tab.reloads, page.reasons]).toEqual([0, ["exhausted"]]);
  });

  test("never reloads itself unless it was told when it may", async () => {
    const tab = new Tab();
    const { mayReload: _none, ...rest } = { mayReload: undefined };
    const page = tab.load({ ...rest, mayReload: undefined as never }); // as in plain JavaScript
    await page.refuse();

    expect([tab.reloads, page.reasons]).toEqual([0, ["unasked"]]);
  });

  test.each([
    ["says no", () => false],
    ["says later that it may not", async () => Promise.resolve(false)],
    ["throws", () => thrown()],
    ["rejects", async () => Promise.reject(new Error("unsaved"))],
  ])("stays and says so where the application %s", async (_what, mayReload) => {
    const tab = new Tab();
    const page = tab.load({ mayReload });
    await page.refuse();

    expect([tab.reloads, page.reasons]).toEqual([0, ["postponed"]]);
    expect(tab.items.size).toBe(0); // and its budget is untouched
  });

  test("waits as long as the application saves, is asked once meanwhile, and reloads once", async () => {
    const tab = new Tab();
    const saved: ((isSaved: boolean) => void)[] = [];
    const page = tab.load({ mayReload: () => new Promise((resolve) => saved.push(resolve)) });
    await page.refuse();
    await page.refuse();
    expect([tab.reloads, saved.length]).toEqual([0, 1]);
    saved[0]?.(true);
    await settle();

    expect([tab.reloads, page.reasons]).toEqual([1, []]);
  });

  test("does not reload after it was stopped, however long the application took", async () => {
    const tab = new Tab();
    const saved: ((isSaved: boolean) => void)[] = [];
    const page = tab.load({ mayReload: () => new Promise((resolve) => saved.push(resolve)) });
    await page.refuse();
    page.stop();
    saved[0]?.(true);
    await settle();
    await page.refuse();

    expect([tab.reloads, page.reasons]).toEqual([0, []]);
  });

  test("leaves nothing behind when it is stopped", () => {
    const tab = new Tab();
    const page = tab.load();
    expect([page.listeners, tab.site.channels]).toEqual([1, 1]);
    page.stop();

    expect([page.listeners, tab.site.channels]).toEqual([0, 0]);
  });

  test("asks again at the next refusal where the application had said no", async () => {
    const tab = new Tab();
    let isSaved = false;
    const page = tab.load({ mayReload: () => isSaved });
    await page.refuse();
    isSaved = true;
    await page.refuse();

    expect([tab.reloads, page.reasons]).toEqual([1, ["postponed"]]);
  });

  test("does not ask the application where it may not reload in any case", async () => {
    const tab = new Tab();
    await tab.load().refuse();
    let asked = 0;
    const page = tab.load({ mayReload: () => (asked += 1) > 0 });
    await page.refuse();

    expect([asked, page.reasons]).toEqual([0, ["exhausted"]]);
  });

  test("reloads once though two of its clients were refused, and the application agreed to both", async () => {
    const tab = new Tab();
    const pages = [tab.load(), tab.load()];
    await Promise.all(pages.map((page) => page.refuse()));

    expect(tab.reloads).toBe(1);
  });

  test("remembers the last twenty builds, and no more", async () => {
    const tab = new Tab();
    for (let build = 1; build <= 25; build += 1) {
      await tab.load({ build: `b${build}` }).refuse();
      await tab.clock.advance(3_600_000);
    }
    expect(tab.reloads).toBe(25);
    expect(JSON.parse(tab.items.get("concordat-reloads") ?? "")).toHaveLength(20);
    for (const build of ["b6", "b25"]) await tab.load({ build }).refuse();

    expect(tab.reloads).toBe(25);
  });

  const stray = { build: "b9", at: 0 };
  test.each<[string, unknown, number]>([
    ["what is no JSON", undefined, 1],
    ["no list", { build: "b1", at: 0 }, 1],
    ["a build without a time", [{ build: "b1" }], 1],
    ["times without a build", [{ at: 0 }, { at: 0 }, { at: 0 }], 1],
    ["texts and nothing", ["b1", null, 7], 1],
    ["three reloads between them", [null, stray, "x", stray, stray], 0],
  ])("counts what somebody else put there as nothing: %s", async (_what, before, reloads) => {
    const tab = new Tab();
    tab.items.set("concordat-reloads", before === undefined ? "b1" : JSON.stringify(before));
    await tab.load().refuse();

    expect(tab.reloads).toBe(reloads);
  });

  test("does not reload where it is the server that has to move", async () => {
    const tab = new Tab();
    const page = tab.load();
    const closeName = "wire-unsupported";
    const facts = { closeCode: 4427, closeName, message: "", mustMove: "server" } as const;
    await page.refuse(new UpgradeRequiredError(facts));

    expect([tab.reloads, page.reasons]).toEqual([0, ["server-must-move"]]);
  });
});

describe("the other tabs", () => {
  test("of the same build are told once, show it once, and do not reload by themselves", async () => {
    const tab = new Tab();
    const other = new Tab(tab.site);
    const [otherPage, page] = [other.load(), tab.load({ mayReload: () => false })];
    await page.refuse();
    await page.refuse();

    expect(tab.site.heard).toEqual([{ concordat: "upgrade-required", build: "b1" }]);
    expect([other.reloads, otherPage.reasons]).toEqual([0, ["other-tab"]]);
    otherPage.shown[0]?.reload();
    expect(other.reloads).toBe(1);
  });

  test("of the same build show it once, however many of them are refused", async () => {
    const site = new Site();
    const page = new Tab(site).load();
    for (const tab of [new Tab(site), new Tab(site)])
      await tab.load({ mayReload: () => false }).refuse();

    expect(site.heard).toHaveLength(2);
    expect(page.reasons).toEqual(["other-tab"]);
  });

  test("of another build, and of other scripts, say nothing to this one", () => {
    const tab = new Tab();
    const page = tab.load();
    const channel = tab.site.channel();
    const word = "upgrade-required";
    const others = [{ concordat: "other", build: "b1" }, { build: "b1" }];
    for (const data of [
      null,
      "x",
      {},
      { concordat: word },
      { concordat: word, build: "b2" },
      [],
      ...others,
    ])
      channel.postMessage(data); // oxlint-disable-line unicorn/require-post-message-target-origin -- a channel knows no origins

    expect(page.shown).toEqual([]);
  });

  test("say nothing to one whose application is still asked", async () => {
    const site = new Site();
    const [one, two] = [new Tab(site), new Tab(site)];
    const page = one.load({ mayReload: () => new Promise(() => undefined) });
    await page.refuse();
    await two.load({ mayReload: () => false }).refuse();

    expect(page.reasons).toEqual([]);
  });

  test("that were refused themselves go by that", async () => {
    const site = new Site();
    const [one, two] = [new Tab(site), new Tab(site)];
    const [first, second] = [one.load({ mayReload: () => false }), two.load()];
    await first.refuse();
    expect(second.reasons).toEqual(["other-tab"]);
    await second.refuse();

    expect(two.reloads).toBe(1);
  });
});

describe("nothing else leads to a reload:", () => {
  test.each([
    ["credentials that are refused", 4401],
    ["a caller that is not allowed", 4403],
    ["a server that drains", 4503],
    ["a server that failed", 4500],
    ["a server that is older", 4526],
    ["a network that is gone", 1006],
    ["a release that somebody edited", 4412],
  ])("%s", async (_what, code) => {
    const { client, accept } = stage();
    const tab = new Tab();
    const shown: UpgradeNeed[] = [];
    onUpgradeRequired(client, {
      build: "b1",
      show: (need) => shown.push(need),
      storage: tab.storage,
      channel: tab.site.channel(),
      reload: () => (tab.reloads += 1),
      mayReload: () => true,
    });
    client.connect().catch(() => undefined);
    const peer = await accept();
    peer.close(code);
    await settle();

    expect([tab.reloads, shown, tab.site.heard]).toEqual([0, [], []]);
  });

  test("but 4426 does, over a real client", async () => {
    const { client, accept } = stage();
    const tab = new Tab();
    onUpgradeRequired(client, {
      build: "b1",
      show: () => undefined,
      storage: tab.storage,
      channel: tab.site.channel(),
      reload: () => (tab.reloads += 1),
      mayReload: () => true,
    });
    client.connect().catch(() => undefined);
    (await accept()).close(4426);
    await settle();

    expect(tab.reloads).toBe(1);
  });
});

function thrown(): never {
  throw new ConcordatError("internal", "not here");
}
