/** What the gate lets through, and what it stops. */
import type { ReleaseDocument } from "@concordat/core";
import { readableJson } from "@concordat/core/internal";
import { describe, expect, test } from "vitest";

import { emptyFolder, type ProjectFolder, releasedProject, sourceWith } from "../project-folder.ts";
import { draftWith, releaseAfter, requestWith } from "../release-history.ts";

const text = { type: "string" };

/** The same texts, but no automaton can tell. */
const backReference = { type: "string", pattern: "^(a*)\\1$" };
const evenly = { type: "string", pattern: "^(aa)*$" };

/** A project that has these releases and no source. */
async function projectWith(
  releases: readonly ReleaseDocument[],
  settings: object = {},
): Promise<ProjectFolder> {
  const folder = await emptyFolder();
  await folder.write("concordat.config.json", settings);
  for (const release of releases) {
    await folder.write(`contracts/orders/${release.release}.json`, readableJson(release));
  }
  return folder;
}

test("the working tree of a contract that was never released passes", async () => {
  const folder = await releasedProject();
  await folder.write("concordat.config.json", {
    contracts: "elsewhere",
    sources: { orders: "./contract.js" },
  });

  const check = await folder.start("check");

  expect(check).toMatchObject({ exitCode: 0, stderr: "" });
  expect(check.stdout).toContain("orders has no release yet");
});

test("a break against an older line is mentioned and passes: a major release declared it", async () => {
  const folder = await releasedProject();
  await folder.write("contract.js", sourceWith({ quantity: text }));
  await folder.start("release");

  const check = await folder.start("check");

  expect(check).toMatchObject({ exitCode: 0, stderr: "" });
  expect(check.stdout).toContain("orders 1.0.0 is of an older line and needs adapters (breaking)");
});

test("many releases of older lines are mentioned in one sentence, and so is what they need", async () => {
  const folder = await releasedProject();
  for (const type of ["integer", "boolean"]) {
    await folder.write("contract.js", sourceWith({ sku: { type } }));
    await folder.start("release");
  }

  const { stdout } = await folder.start("check");

  expect(stdout.match(/^note: .*$/gm)).toEqual([
    expect.stringContaining("orders 1.0.0, 2.0.0 are of older lines and need adapters (breaking);"),
    expect.stringMatching(
      /no adapter from 1\.0\.0 to 2\.0\.0 .*; no adapter from 2\.0\.0 to 3\.0\.0 /,
    ),
  ]);
});

test("what can be neither proved nor refuted ends with status 3", async () => {
  const folder = await releasedProject();
  await folder.write("contract.js", sourceWith({ sku: text, code: backReference }));
  await folder.start("release");
  await folder.write("contract.js", sourceWith({ sku: text, code: evenly }));

  const check = await folder.start("check");

  expect(check.exitCode).toBe(3);
  expect(check.stdout).toContain("undecided");
});

describe("an allowed break", () => {
  test("passes, is printed with its reason, and is a major step none the less", async () => {
    const folder = await releasedProject();
    await folder.write("contract.js", sourceWith({ sku: text, quantity: text }));
    const reason = "Nobody calls it yet.";
    await folder.write("concordat.config.json", {
      sources: { orders: "./contract.js" },
      allow: [{ rule: "required-property-added", path: "/quantity", reason }],
    });

    const check = await folder.start("check");
    const release = await folder.start("release");

    expect(check.exitCode).toBe(0);
    expect(check.stdout).toContain("Allowed: Nobody calls it yet.");
    expect(release.stdout).toContain("orders 2.0.0 (major)");
    expect(release.stdout).toContain("Allowed: Nobody calls it yet.");
  });

  test("that no longer exists is a warning", async () => {
    const folder = await releasedProject();
    await folder.write("concordat.config.json", {
      sources: { orders: "./contract.js" },
      allow: [{ rule: "type-changed", path: "/sku", reason: "Once." }],
    });

    const check = await folder.start("check");

    expect(check.exitCode).toBe(0);
    expect(check.stdout).toContain('warning: "allow" has an entry for type-changed at /sku');
  });
});

describe("a release that somebody numbered by hand", () => {
  const first = releaseAfter(undefined, "1.0.0", draftWith(requestWith("sku")));
  const second = releaseAfter(first, "1.1.0", draftWith(requestWith("sku", "quantity")));

  test("fails when its number promises more than it keeps", async () => {
    const folder = await projectWith([first, second]);

    const check = await folder.run("check");

    expect(check.exitCode).toBe(1);
    expect(check.stderr).toContain("orders 1.1.0 promises to serve clients of 1.0.0, and breaks");
  });

  test("passes while that is allowed, and the entry is not said to be needless", async () => {
    const allow = [{ rule: "required-property-added", path: "/quantity", reason: "We know." }];
    const folder = await projectWith([first, second], { allow });

    const check = await folder.run("check");

    expect(check).toMatchObject({ exitCode: 0, stderr: "" });
    expect(check.stdout).not.toContain("no finding needs");
  });

  test("passes once the floor is above what it breaks", async () => {
    const folder = await projectWith([first, second], { floor: { orders: "1.1.0" } });

    expect(await folder.run("check")).toMatchObject({ exitCode: 0, stderr: "" });
  });
});

test.each(["1.0.1", "9.0.0"])(
  "no break gets through with the floor %s, which is no release",
  async (floor) => {
    const folder = await releasedProject();
    await folder.write("contract.js", sourceWith({ sku: { type: "integer" } }));
    const settings = { sources: { orders: "./contract.js" }, floor: { orders: floor } };
    await folder.write("concordat.config.json", settings);

    for (const command of ["check", "verify"]) {
      const { exitCode, stderr } = await folder.start(command);

      expect(stderr).toContain(
        `the floor of orders is ${floor}, which is none of its releases: 1.0.0`,
      );
      expect(exitCode).toBe(2);
    }
  },
);

test("json says of each comparison what diff would say of it", async () => {
  const folder = await releasedProject();
  await folder.write("contract.js", sourceWith({ sku: text, quantity: text }));

  const check: unknown = JSON.parse((await folder.start("check", "--format", "json")).stdout);
  const diff: unknown = JSON.parse(
    (await folder.start("diff", "orders@1.0.0", "orders", "--format", "json")).stdout,
  );

  expect(check).toMatchObject({
    status: "breaking",
    compared: [{ contract: "orders", before: "1.0.0", comparison: diff }],
  });
});
