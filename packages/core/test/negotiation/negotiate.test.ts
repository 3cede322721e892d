/** Every row of the negotiation table, and the laws that hold for any history and any offers. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Offer } from "../../src/contract/client-contract.ts";
import { negotiate, type Negotiation } from "../../src/negotiation/negotiate.ts";
import type { ServedContract, ServedRelease } from "../../src/negotiation/served-contract.ts";
import { compareReleaseNumbers } from "../../src/release/number.ts";
import { fingerprintOf, offers, served } from "./arbitrary-history.ts";

function offer(release: string, edit = 0): Offer {
  return { release, fingerprint: fingerprintOf(release, edit) };
}

const history: ServedContract = {
  name: "orders",
  releases: ["1.0.0", "1.1.0", "2.0.0", "2.1.0"].map((release) => ({
    release,
    fingerprint: fingerprintOf(release),
  })),
  floor: "1.1.0",
  upgradeUrl: "https://example.com/app",
};

const tree = (fingerprint: string): ServedContract => ({
  name: "orders",
  releases: [{ release: undefined, fingerprint }],
  floor: undefined,
});

function outcome(result: Negotiation): string {
  return result.agreed === undefined
    ? `${result.refusal.closeCode} ${result.refusal.mustMove ?? "nobody"}`
    : (result.agreed.served.release ?? "tree");
}

function refused(offered: Offer, contract: ServedContract): unknown {
  const result = negotiate("orders", [offered], contract);
  return result.agreed === undefined ? result.refusal : undefined;
}

describe("the negotiation table", () => {
  test.each<readonly [row: string, offers: readonly Offer[], expected: string]>([
    ["the newest release", [offer("2.1.0")], "2.1.0"],
    ["an older release that is served", [offer("1.1.0")], "1.1.0"],
    ["several, of which the newest is not known", [offer("3.0.0"), offer("2.0.0")], "2.0.0"],
    ["several in the wrong order", [offer("1.1.0"), offer("2.1.0"), offer("2.0.0")], "2.1.0"],
    ["one that was edited beside one that was not", [offer("2.1.0", 1), offer("2.0.0")], "2.0.0"],
    ["the same release with another fingerprint", [offer("2.1.0", 1)], "4412 client"],
    ["a release below the floor", [offer("1.0.0")], "4426 client"],
    ["a release from before the history", [offer("0.9.0")], "4426 client"],
    ["a release between those that are known", [offer("2.0.5")], "4426 client"],
    ["nothing", [], "4426 client"],
    ["only newer releases", [offer("2.2.0"), offer("3.0.0")], "4526 server"],
    ["a newer one and one below the floor", [offer("3.0.0"), offer("1.0.0")], "4526 server"],
  ])("%s", (_row, offered, expected) => {
    expect(outcome(negotiate("orders", offered, history))).toBe(expected);
  });

  test("a contract that nobody serves here", () => {
    expect(outcome(negotiate("orders", [offer("1.0.0")], undefined))).toBe("4404 nobody");
  });

  test("a contract that was withdrawn, whatever is offered", () => {
    expect(outcome(negotiate("orders", [offer("2.1.0")], { ...history, retired: true }))).toBe(
      "4410 client",
    );
  });
});

describe("working trees have no number", () => {
  const same = { fingerprint: fingerprintOf("tree") };

  test("the same tree on both sides agrees", () => {
    expect(outcome(negotiate("orders", [same], tree(same.fingerprint)))).toBe("tree");
  });

  test("a tree that became a release agrees with it by its fingerprint", () => {
    expect(outcome(negotiate("orders", [{ fingerprint: fingerprintOf("2.1.0") }], history))).toBe(
      "2.1.0",
    );
    expect(outcome(negotiate("orders", [offer("2.1.0")], tree(fingerprintOf("2.1.0"))))).toBe(
      "tree",
    );
  });

  test("but not with one below the floor", () => {
    expect(outcome(negotiate("orders", [{ fingerprint: fingerprintOf("1.0.0") }], history))).toBe(
      "4412 client",
    );
  });

  test("another tree is told to restart or to release", () => {
    const result = negotiate("orders", [same], tree(fingerprintOf("other")));

    expect(result).toMatchObject({
      refusal: {
        closeCode: 4412,
        message:
          "Your client was built from another working tree of orders: restart it, or release the contract.",
        offered: ["unreleased"],
        supported: { releases: [] },
      },
    });
  });

  test("whoever offers a release beside a tree is judged by the release, and both are named", () => {
    for (const [release, expected] of [
      ["1.0.0", "4426 client"],
      ["3.0.0", "4526 server"],
    ] as const) {
      const result = negotiate("orders", [same, offer(release)], history);

      expect(outcome(result)).toBe(expected);
      expect(result).toMatchObject({
        refusal: {
          message: expect.stringContaining(`speaks an unreleased working tree, ${release} of`),
          offered: ["unreleased", release],
        },
      });
    }
  });

  test("a released client is told that the server runs a working tree", () => {
    expect(negotiate("orders", [offer("1.0.0")], tree(same.fingerprint))).toMatchObject({
      refusal: { closeCode: 4412, message: expect.stringContaining("built from 1.0.0") },
    });
  });
});

describe("a refusal says all that is known", () => {
  test("to a client that is too old", () => {
    expect(negotiate("orders", [offer("1.0.0")], history)).toEqual({
      agreed: undefined,
      refusal: {
        closeCode: 4426,
        closeName: "client-too-old",
        message:
          "This client speaks 1.0.0 of orders; the server serves 1.1.0 to 2.1.0. The client has to be updated.",
        contract: "orders",
        offered: ["1.0.0"],
        supported: { floor: "1.1.0", newest: "2.1.0", releases: ["1.1.0", "2.0.0", "2.1.0"] },
        mustMove: "client",
        upgradeUrl: "https://example.com/app",
      },
    });
  });

  test("to a client that is too new, without a link to something newer", () => {
    const result = negotiate("orders", [offer("9.0.0")], history);

    expect(result).toMatchObject({
      refusal: { mustMove: "server", supported: { newest: "2.1.0" } },
    });
    expect(result.agreed === undefined && "upgradeUrl" in result.refusal).toBe(false);
  });

  test("to somebody whose release was edited: both fingerprints", () => {
    expect(negotiate("orders", [offer("2.0.0", 1)], history)).toMatchObject({
      refusal: {
        message: expect.stringMatching(
          new RegExp(`${fingerprintOf("2.0.0", 1)} in the client and ${fingerprintOf("2.0.0")} in`),
        ),
      },
    });
  });

  test("to a client that offers nothing", () => {
    expect(negotiate("orders", [], history)).toMatchObject({
      refusal: { message: expect.stringMatching(/^This client offers nothing of orders; /) },
    });
  });

  test("with what was announced, to those whose release is gone and to nobody else", () => {
    const notice = { sunset: "2026-12-31", message: "Amounts have a currency now." };
    const releases = history.releases.map((release) => ({ ...release, notice }));
    const announced: ServedContract = { ...history, releases };
    const farewell = { message: "Ask the shop." };
    const gone: ServedContract = { ...announced, retired: true, farewell };

    expect(refused(offer("1.0.0"), announced)).toMatchObject({
      notice,
      message: expect.stringMatching(/updated\. Amounts have a currency now\.$/),
    });
    expect(refused(offer("2.0.0"), gone)).toMatchObject({
      notice: farewell,
      message: expect.stringMatching(/here\. Ask the shop\.$/),
    });
    for (const other of [offer("3.0.0"), offer("2.0.0", 1)]) {
      expect(refused(other, { ...announced, farewell })).toMatchObject({ contract: "orders" });
      expect(refused(other, { ...announced, farewell })).not.toHaveProperty("notice");
    }
  });

  test("with the notice of the newest offered release that is known, also where another has its fingerprint", () => {
    const fingerprint = fingerprintOf("1.0.0");
    const releases = [
      ...["0.8.0", "0.9.0"].map((release) => ({ release, fingerprint: fingerprintOf(release) })),
      { release: "1.0.0", fingerprint },
      { release: "1.0.1", fingerprint },
      { release: "2.0.0", fingerprint: fingerprintOf("2.0.0") },
    ].map((each) => ({ ...each, notice: { message: `About ${each.release}.` } }));
    const offered = [{ release: "1.0.0", fingerprint }, offer("0.9.0"), offer("0.7.0")];

    expect(
      negotiate("orders", offered, { name: "orders", releases, floor: "2.0.0" }),
    ).toMatchObject({ refusal: { notice: { message: "About 1.0.0." } } });
  });

  test("a long list of offers is cut in the sentence, not in the list", () => {
    const many = Array.from({ length: 20 }, (_, minor) => offer(`0.0.${minor}`));
    const result = negotiate("orders", many, history);

    expect(result).toMatchObject({
      refusal: {
        message: expect.stringContaining("speaks 0.0.0, 0.0.1, 0.0.2, 0.0.3, 0.0.4, … of orders"),
        offered: { length: 20 },
      },
    });
  });
});

/** What a reader of the table would say, in the shortest way. */
function expectedOutcome(offered: readonly Offer[], contract: ServedContract): string {
  const { floor = "0.0.0", releases } = contract;
  const known = new Map(releases.map(({ release = "", fingerprint }) => [release, fingerprint]));
  const newest = releases.at(-1)?.release ?? "";
  const common = offered
    .filter(({ release = "", fingerprint }) => known.get(release) === fingerprint)
    .map(({ release = "" }) => release)
    .filter((release) => compareReleaseNumbers(release, floor) >= 0)
    .toSorted(compareReleaseNumbers);
  const best = common.at(-1);
  if (best !== undefined) return best;
  const isEdited = offered.some(
    ({ release = "", fingerprint }) => known.has(release) && known.get(release) !== fingerprint,
  );
  if (isEdited) return "4412 client";
  const isNewer = offered.some(({ release = "" }) => compareReleaseNumbers(release, newest) > 0);
  return isNewer ? "4526 server" : "4426 client";
}

describe("for any history and any offers", () => {
  test("the outcome is that of the table", () => {
    fc.assert(
      fc.property(offers, served, (offered, contract) => {
        expect(outcome(negotiate("orders", offered, contract))).toBe(
          expectedOutcome(offered, contract),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test("the order of the offers does not matter, and asking twice gives the same", () => {
    fc.assert(
      fc.property(offers, served, (offered, contract) => {
        const first = outcome(negotiate("orders", offered, contract));

        expect(outcome(negotiate("orders", offered.toReversed(), contract))).toBe(first);
        expect(outcome(negotiate("orders", offered, contract))).toBe(first);
      }),
    );
  });

  test("only what both sides have is agreed on, and the answer says which offer it was", () => {
    fc.assert(
      fc.property(offers, served, (offered, contract) => {
        const { agreed } = negotiate("orders", offered, contract);
        fc.pre(agreed !== undefined);

        expect(contract.releases).toContain(agreed.served);
        expect(offered[agreed.offer]).toEqual({
          release: agreed.served.release,
          fingerprint: agreed.served.fingerprint,
        });
      }),
    );
  });

  test("raising the floor takes agreements away and changes none", () => {
    fc.assert(
      fc.property(offers, served, fc.nat(), (offered, contract, at) => {
        const { floor = "", releases } = contract;
        const higher = releases
          .map(({ release = "" }) => release)
          .filter((release) => compareReleaseNumbers(release, floor) >= 0);
        const raised = { ...contract, floor: higher[at % higher.length] };

        const before = negotiate("orders", offered, contract).agreed;
        const after = negotiate("orders", offered, raised).agreed;

        expect([before?.served, undefined]).toContain(after?.served);
      }),
    );
  });

  test("what only one side has changes nothing for those who agree", () => {
    fc.assert(
      fc.property(offers, served, (offered, contract) => {
        const { agreed } = negotiate("orders", offered, contract);
        fc.pre(agreed !== undefined);
        const more = [...offered, offer("9.9.9"), offer("0.0.9")];
        const newer = { release: "8.0.0", fingerprint: fingerprintOf("8.0.0") };

        expect(negotiate("orders", more, contract).agreed?.served).toEqual(agreed.served);
        expect(
          negotiate("orders", offered, { ...contract, releases: [...contract.releases, newer] })
            .agreed?.served,
        ).toEqual(agreed.served);
      }),
    );
  });

  test("a refusal's range holds exactly what is served", () => {
    fc.assert(
      fc.property(served, (contract) => {
        const result = negotiate("orders", [], contract);
        const { floor = "" } = contract;
        const releases = contract.releases
          .map(({ release = "" }) => release)
          .filter((release) => compareReleaseNumbers(release, floor) >= 0);

        expect(result).toMatchObject({
          refusal: { supported: { floor, newest: releases.at(-1), releases } },
        });
      }),
    );
  });
});

describe("a client that says what it uses", () => {
  /** Below the floor some procedures are still answered, by chance. */
  const answered = fc.func(fc.boolean());
  const used = fc.uniqueArray(fc.constantFrom("place", "watch", "find"), { maxLength: 3 });

  test("agrees on whatever it would agree on without saying so, or on something more", () => {
    fc.assert(
      fc.property(offers, served, used, answered, (offered, contract, uses, isAnswered) => {
        const reaching = {
          ...contract,
          reaches: (release: ServedRelease, procedures: readonly string[]) =>
            procedures.every((procedure) => isAnswered(release.release, procedure)),
        };
        const without = negotiate("orders", offered, reaching);
        const result = negotiate("orders", offered, reaching, uses);
        const { release } = result.agreed?.served ?? {};
        const isMore =
          without.agreed === undefined &&
          release !== undefined &&
          compareReleaseNumbers(release, contract.floor ?? "") < 0 &&
          uses.length > 0 &&
          uses.every((procedure) => isAnswered(release, procedure));

        expect(result).toEqual(isMore ? result : without);
      }),
      { numRuns: 2_000 },
    );
  });

  test("loses nothing by using less", () => {
    fc.assert(
      fc.property(offers, served, used, answered, (offered, contract, uses, isAnswered) => {
        const reaching = {
          ...contract,
          reaches: (release: ServedRelease, procedures: readonly string[]) =>
            procedures.every((procedure) => isAnswered(release.release, procedure)),
        };
        fc.pre(uses.length > 1);
        const more = negotiate("orders", offered, reaching, uses).agreed?.served.release;
        const less = negotiate("orders", offered, reaching, uses.slice(1)).agreed?.served.release;
        fc.pre(more !== undefined);

        expect(compareReleaseNumbers(less ?? "0.0.0", more)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("is refused in the same words where that does not help", () => {
    const reaching = { ...history, reaches: () => false };

    expect(negotiate("orders", [offer("1.0.0")], reaching, ["place"])).toEqual(
      negotiate("orders", [offer("1.0.0")], history),
    );
  });
});

describe("sets of procedures", () => {
  test("are not looked at: two histories that differ in nothing else negotiate alike", () => {
    fc.assert(
      fc.property(offers, served, fc.uniqueArray(fc.string()), (offered, contract, names) => {
        const asked = negotiate("orders", offered, { ...contract, reaches: () => true }, []);

        expect(asked).toEqual(negotiate("orders", offered, contract));
        expect(
          negotiate(
            "orders",
            offered,
            { ...contract, floor: contract.releases[0]?.release },
            names,
          ),
        ).toEqual(
          negotiate("orders", offered, { ...contract, floor: contract.releases[0]?.release }),
        );
      }),
    );
  });
});
