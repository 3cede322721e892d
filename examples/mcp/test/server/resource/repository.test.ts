/** What of a repository can be read, and that nothing else can. */
import { array, assert, asyncProperty, constantFrom } from "fast-check";
import { expect, test } from "vitest";

import { Repository } from "../../../src/server/resource/repository.ts";
import { offered, temporaryRepository } from "../../fixture/repository.ts";

test("documents and package.json files are listed with their sizes, and links and all others are not", async () => {
  const repository = new Repository(await temporaryRepository());

  const resources = await repository.list();

  expect(resources.map(({ uri }) => uri)).toEqual([...offered.keys()]);
  expect(resources[0]).toEqual({
    uri: "repo:///README.md",
    name: "README.md",
    mimeType: "text/markdown",
    size: 9,
  });
});

test("what is listed can be read", async () => {
  const repository = new Repository(await temporaryRepository());

  for (const [uri, text] of offered) expect((await repository.read(uri))?.text).toBe(text);
});

const outside = [
  "repo:///docs/../secret.txt",
  "repo:///docs/guide/../../secret.txt",
  "repo:///docs/%2e%2e/secret.txt",
  "repo:///docs/..%2fsecret.txt",
  "repo:///docs\\..\\secret.txt",
  "repo:///../outside/secret.md",
  "repo:////etc/passwd",
  "repo:///docs/linked.md",
  "repo:///docs/linked/secret.md",
  "repo:///packages/linked/package.json",
  "repo:///docs/guide/first.md\0.md",
  "repo:///.env",
  "repo:///packages/core/src/key.json",
  "file:///etc/passwd",
  "repo:///__proto__",
  "",
];

test.each(outside)("%j cannot be read", async (uri) => {
  const repository = new Repository(await temporaryRepository());

  expect(await repository.read(uri)).toBeUndefined();
});

test("no URI of any segments reads anything but what is listed under exactly that URI", async () => {
  const repository = new Repository(await temporaryRepository());
  const segment = constantFrom(
    ...["..", ".", "", "%2e%2e", "..\\"].concat(
      ["docs", "guide", "first.md", "linked", "linked.md", "packages", "core", "package.json"],
      ["README.md", "secret.txt", "outside", "secret.md"],
    ),
  );
  const uri = array(segment, { maxLength: 6 }).map((parts) => `repo:///${parts.join("/")}`);

  await assert(
    asyncProperty(uri, async (asked) => {
      expect((await repository.read(asked))?.text).toBe(offered.get(asked));
    }),
  );
});
