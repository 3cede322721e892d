/** A release file is written whole, once, and never over another. */
import { expect, test } from "vitest";

import { readHistory, writeRelease } from "../../src/project/release-folder.ts";
import { emptyFolder } from "../project-folder.ts";
import { draftWith, releaseAfter, requestWith } from "../release-history.ts";

const first = releaseAfter(undefined, "1.0.0", draftWith(requestWith("sku")));
const other = releaseAfter(undefined, "1.0.0", draftWith(requestWith("quantity")));

test("what was written is what is read", async () => {
  const { path } = await emptyFolder();

  await writeRelease(path, first);

  expect(await readHistory(path, "orders")).toEqual([first]);
});

test("of two people who release at once, one is told, and the other's file stays", async () => {
  const folder = await emptyFolder();

  const outcomes = await Promise.allSettled(
    [first, other, first, other].map((release) => writeRelease(folder.path, release)),
  );

  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(String(outcomes.map((each) => ("reason" in each ? each.reason : "")))).toContain(
    "exists already, and a release is never written twice",
  );
  expect([...(await folder.files()).keys()]).toEqual(["orders/1.0.0.json"]);
  expect(await readHistory(folder.path, "orders")).toHaveLength(1);
});

test("releases are read in the order of their numbers, not of their names", async () => {
  const { path } = await emptyFolder();
  const releases = [releaseAfter(undefined, "1.0.0", draftWith(requestWith("p0")))];
  for (let minor = 1; minor <= 11; minor += 1) {
    const draft = draftWith(requestWith(`p${minor}`));
    releases.push(releaseAfter(releases.at(-1), `1.${minor}.0`, draft));
  }
  for (const release of releases) await writeRelease(path, release);

  expect(await readHistory(path, "orders")).toEqual(releases);
});

test("a contract without a folder has no releases", async () => {
  expect(await readHistory((await emptyFolder()).path, "orders")).toEqual([]);
});

test("a long history holds what its releases share once, however many there are", async () => {
  const { path } = await emptyFolder();
  const draft = draftWith(requestWith("sku"));
  const releases = [releaseAfter(undefined, "1.0.0", draft)];
  releases.push(releaseAfter(releases[0], "1.0.1", { ...draft, doc: "Places orders." }));
  for (const release of releases) await writeRelease(path, release);

  const [older, newer] = await readHistory(path, "orders");

  expect(older?.procedures["place"]).toBeDefined();
  expect(newer?.procedures["place"]).toBe(older?.procedures["place"]);
});
