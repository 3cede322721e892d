/** What the gate makes of who is still there. */
import { describe, expect, test } from "vitest";

import { type ProjectFolder, releasedProject, sourceWith } from "../project-folder.ts";

const text = { type: "string" };
const key = { contract: "orders", release: "1.0.0" };
const web = { ...key, client: "shop-web", clientVersion: "4.0.2" };
const phone = { ...key, client: "", clientVersion: "" };

/** What a server counted in June. */
function fleet(changes: object = {}): object {
  return {
    concordat: "fleet/1",
    since: "2027-06-01T00:00:00.000Z",
    until: "2027-07-01T00:00:00.000Z",
    isComplete: true,
    contracts: [{ name: "orders", isRetired: false, sunsets: {} }],
    connections: [{ ...web, open: 12, total: 40 }],
    calls: [],
    refusals: [],
    ...changes,
  };
}

const called = {
  calls: [
    { ...phone, procedure: "place", open: 0, ended: { ok: 3 } },
    { ...web, procedure: "place", open: 1, ended: { ok: 1_000, unavailable: 9 } },
    { ...web, procedure: "other", open: 0, ended: { ok: 5 } },
    { ...web, release: "2.0.0", procedure: "place", open: 0, ended: { ok: 5 } },
  ],
};

/** A project whose working tree breaks `place` for clients of 1.0.0. */
async function brokenProject(counts: object): Promise<ProjectFolder> {
  const folder = await releasedProject();
  await folder.write("contract.js", sourceWith({ sku: text, quantity: text }));
  await folder.write("fleet.json", counts);
  return folder;
}

describe("check --fleet says of each break", () => {
  test("who still calls it, how often, and how many connections could", async () => {
    const folder = await brokenProject(fleet(called));
    const check = await folder.start("check", "--fleet", "fleet.json");

    expect(check.exitCode).toBe(1);
    expect(check.stdout).toContain(
      "In use: 1013 calls in 30 days of counting since 2027-06-01, by shop-web 4.0.2 (1010), a client without a name (3); 12 connections speak 1.0.0.",
    );
  });

  test("that nobody called it, and fails all the same: it is a break", async () => {
    const folder = await brokenProject(fleet());
    const check = await folder.start("check", "--fleet", "fleet.json");
    const release = await folder.start("release");

    expect(check.exitCode).toBe(1);
    expect(check.stdout).toContain(
      "In use: Nobody called it in 30 days of counting since 2027-06-01; 12 connections speak 1.0.0.",
    );
    expect(release.stdout).toContain("orders 2.0.0 (major)");
  });

  test("nothing, where the contract was not served there", async () => {
    const folder = await brokenProject(fleet({ contracts: [] }));
    const check = await folder.start("check", "--fleet", "fleet.json", "--unused-for", "1");

    expect(check.exitCode).toBe(1);
    expect(check.stdout).not.toContain("In use");
    expect(check.stdout).toContain(
      "warning: orders is not among the contracts that were counted: nothing is known of who calls it.",
    );
  });

  test("only what servers of that contract had the time to see", async () => {
    const folder = await brokenProject(fleet({ since: "2027-06-30T00:00:00.000Z" }));
    await folder.write(
      "billing.json",
      fleet({ contracts: [{ name: "billing" }], connections: [] }),
    );
    const files = ["--fleet", "fleet.json", "--fleet", "billing.json"];
    const check = await folder.start("check", ...files, "--unused-for", "30");

    expect(check.exitCode).toBe(1);
    expect(check.stdout).toContain("Nobody called it in 1 day of counting since 2027-06-30");
  });

  test("the same in every format", async () => {
    const folder = await brokenProject(fleet(called));
    for (const format of ["markdown", "github", "sarif", "json"]) {
      const { stdout } = await folder.start("check", "--fleet", "fleet.json", "--format", format);
      expect(stdout).toContain("shop-web 4.0.2");
    }
  });
});

describe("check --fleet --unused-for", () => {
  test("lets a break pass that nobody called for so long, says so, and it stays a major step", async () => {
    const folder = await brokenProject(fleet());
    const check = await folder.start("check", "--fleet", "fleet.json", "--unused-for", "30");
    const release = await folder.start("release");

    expect(check.exitCode).toBe(0);
    expect(check.stdout).toContain("breaking");
    expect(check.stdout).toContain("In use: Nobody called it in 30 days");
    expect(release.stdout).toContain("orders 2.0.0 (major)");
  });

  test.each([
    ["somebody called it", called, "30", "1013 calls"],
    [
      "a stream is open that began before",
      { calls: [{ ...web, procedure: "place", open: 1, ended: {} }] },
      "30",
      "1 call ",
    ],
    ["nobody counted for so long", {}, "31", "Too short a time to pass: 31 days were asked for."],
    ["the counts are incomplete", { isComplete: false }, "30", "so this is no proof"],
  ])("fails where %s", async (_why, changes, days, says) => {
    const folder = await brokenProject(fleet(changes));
    const check = await folder.start("check", "--fleet", "fleet.json", "--unused-for", days);

    expect(check.exitCode).toBe(1);
    expect(check.stdout).toContain(says);
  });

  test("adds up the counts of several servers, and counts each day once", async () => {
    const folder = await brokenProject(fleet());
    const july = { since: "2027-06-21T00:00:00Z", until: "2027-07-21T00:00:00Z" };
    await folder.write("july.json", fleet(july));
    await folder.write("busy.json", fleet({ ...july, ...called }));
    const files = ["--fleet", "fleet.json", "--fleet"];
    const quiet = await folder.start("check", ...files, "july.json", "--unused-for", "50");
    const long = await folder.start("check", ...files, "july.json", "--unused-for", "51");
    const busy = await folder.start("check", ...files, "busy.json", "--unused-for", "50");

    expect([quiet.exitCode, long.exitCode, busy.exitCode]).toEqual([0, 1, 1]);
  });

  test("takes no part of a day for another one, whoever counted within the time of whom", async () => {
    const folder = await brokenProject(fleet());
    await folder.write("within.json", fleet({ since: "2027-06-05", until: "2027-06-10" }));
    await folder.write("beyond.json", fleet({ since: "2027-06-20", until: "2027-07-11" }));
    const files = ["fleet.json", "within.json", "beyond.json"].flatMap((file) => ["--fleet", file]);
    const enough = await folder.start("check", ...files, "--unused-for", "40");
    const short = await folder.start("check", ...files, "--unused-for", "41");

    expect([enough.exitCode, short.exitCode]).toEqual([0, 1]);
  });

  test("takes the silence of one server for no answer where another's counts have gaps", async () => {
    const folder = await brokenProject(fleet());
    await folder.write("gaps.json", fleet({ isComplete: false }));
    const files = ["--fleet", "fleet.json", "--fleet", "gaps.json"];
    const { exitCode, stdout } = await folder.start("check", ...files, "--unused-for", "30");

    expect(exitCode).toBe(1);
    expect(stdout).toContain("so this is no proof");
  });
});

describe("check --fleet ends with status 2 for", () => {
  test.each<[string, unknown, string]>([
    ["a file that is no JSON", "{", "is not JSON"],
    ["something else", { hello: 1 }, "is no fleet.json of a server"],
    [
      "a count that is none",
      fleet({ calls: [{ ...web, procedure: "place", open: 0, ended: { ok: -1 } }] }),
      "has no count at calls/0",
    ],
    [
      "a row without a release",
      fleet({ connections: [{ contract: "orders", open: 1 }] }),
      "has no text at connections/0/release",
    ],
    ["no list of calls", fleet({ calls: {} }), 'has no list of objects under "calls"'],
    ["a time that is none", fleet({ since: "once" }), 'has no time under "since"'],
  ])("%s", async (_what, content, says) => {
    const folder = await brokenProject({});
    await folder.write("fleet.json", content);
    const check = await folder.start("check", "--fleet", "fleet.json");

    expect(check.exitCode).toBe(2);
    expect(check.stderr).toContain(says);
  });

  test.each([
    [["--unused-for", "30"], "--unused-for needs --fleet"],
    [["--fleet", "fleet.json", "--unused-for", "soon"], "is no number of days"],
    [["--fleet", "fleet.json", "--unused-for", "0"], "days: a whole number from 1 to 9999, such"],
    [["--fleet", "nowhere.json"], "nowhere.json"],
  ])("%j", async (words, says) => {
    const folder = await brokenProject(fleet());
    const check = await folder.start("check", ...words);

    expect(check.exitCode).toBe(2);
    expect(check.stderr).toContain(says);
  });
});
