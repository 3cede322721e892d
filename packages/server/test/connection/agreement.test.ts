/** Clients with which the same was agreed on have it in common; whoever differs in anything does not. */
import { announce, type Hello, limitsWith, negotiateAll } from "@concordat/core/internal";
import { expect, test } from "vitest";

import { type Agreement, Agreements } from "../../src/connection/agreement.ts";
import { plainHello } from "../fixture/caller.ts";
import { libraryService } from "../fixture/librarian.ts";
import { libraryHistory, offersOf } from "../fixture/library-history.ts";

const library = libraryService({});
const agreements = new Agreements(new Map([[library.name, library]]));

function agreed(hello: Hello, encoding: "positional" | "msgpack" = "msgpack"): Agreement {
  const served = new Map([[library.name, library.served]]);
  const { contracts } = negotiateAll(hello.contracts, served);
  return agreements.of(hello, contracts ?? [], encoding);
}

const newer = { release: "4.0.0", fingerprint: `sha256:${"0".repeat(64)}` };

function helloWith(offers: Hello["contracts"][number]["offers"]): Hello {
  return plainHello([{ name: "library", offers, optional: false }]);
}

function helloOf(...releases: readonly string[]): Hello {
  return helloWith(offersOf(libraryHistory, ...releases));
}

test("equal hellos come to one agreement, whoever says them", () => {
  const first = agreed(helloOf("3.0.0"));

  expect(agreed(helloOf("3.0.0", "2.0.0"))).toBe(first); // what was not taken is not kept
  expect(agreed({ ...helloOf("3.0.0"), client: { name: "other" } })).toBe(first);
  expect(first.contracts.get("library")?.index).toBe(library.served.releases.length - 1);
});

test.each<[string, Hello, "positional" | "msgpack"]>([
  ["another release", helloOf("2.0.0"), "msgpack"],
  ["a newer offer beside it", helloWith([newer, ...offersOf(libraryHistory, "3.0.0")]), "msgpack"],
  ["another encoding", helloOf("3.0.0"), "positional"],
  [
    "other limits",
    { ...helloOf("3.0.0"), limits: announce((name) => limitsWith({ metadataBytes: 100 })[name]) },
    "msgpack",
  ],
  [
    "a contract that it can do without",
    {
      ...helloOf("3.0.0"),
      contracts: helloOf("3.0.0").contracts.map((each) => ({ ...each, optional: true })),
    },
    "msgpack",
  ],
])("%s makes another agreement", (_what, hello, encoding) => {
  const plain = agreed(helloOf("3.0.0"));
  const other = agreed(hello, encoding);

  expect(other).not.toBe(plain);
  expect(other.limits).toEqual(hello.limits);
});
