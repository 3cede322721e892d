/** The handshakes that a contract's releases are tried with, and what is made of the answers. */
import { unary } from "@concordat/core";
import { freeze, type Refusal, type Welcome } from "@concordat/core/internal";
import * as Type from "typebox";
import { expect, test } from "vitest";

import type { Greeting } from "../../src/verify/caller.ts";
import { tryNegotiation } from "../../src/verify/negotiation-trial.ts";
import type { Theatre } from "../../src/verify/theatre.ts";

const history = ["1.0.0", "2.0.0"].map((release) => ({
  ...freeze("shop", { ask: unary({ request: Type.Null(), response: Type.Null() }) }),
  fingerprint: `sha256:${release}`,
  release,
  previous: null,
}));

/** What is said of a server that answers every client like this. */
async function toldOf(greeting: Greeting): Promise<readonly string[]> {
  const stage = { greet: () => Promise.resolve(greeting) };
  const subject = { contract: "shop", history, adapters: [], derived: [] };
  const theatre = { subject, withFloor: () => ({ stage }) };
  // All that is asked of one.
  const { findings, handshakes } = await tryNegotiation(theatre as unknown as Theatre);
  expect(handshakes).toBe(25);
  return findings.map(({ message }) => message);
}

function refusedAs(refusal: Partial<Refusal>): Greeting {
  return { welcome: undefined, refusal: refusal as Refusal, code: 4000 }; // all that is looked at
}

test("every offer that matters is made with every floor", async () => {
  const told = await toldOf({ welcome: undefined, refusal: undefined, code: 4000 });

  expect(told).toMatchInlineSnapshot(`
    [
      "With the floor 1.0.0, an offer of 1.0.0, 2.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 1.0.0, an offer of 2.0.0, 1.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 1.0.0, an offer of 999999.0.0 was refused as close code 4000 instead of server-behind.",
      "With the floor 1.0.0, an offer of 999999.0.0, 1.0.0, 2.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 1.0.0, an offer of 2.0.0 was refused as close code 4000 instead of unknown-contract.",
      "With the floor 1.0.0, an offer of 1.0.0 was refused as close code 4000 instead of answered with 1.0.0.",
      "With the floor 1.0.0, an offer of 999999.0.0, 1.0.0 was refused as close code 4000 instead of answered with 1.0.0.",
      "With the floor 1.0.0, an offer of 1.0.0 was refused as close code 4000 instead of release-conflict.",
      "With the floor 1.0.0, an offer of 1.0.0, 2.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 1.0.0, an offer of 2.0.0, 1.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 1.0.0, an offer of 2.0.0, 1.0.0 was refused as close code 4000 instead of answered with 1.0.0.",
      "With the floor 1.0.0, an offer of 2.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 1.0.0, an offer of 999999.0.0, 2.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 1.0.0, an offer of 2.0.0 was refused as close code 4000 instead of release-conflict.",
      "With the floor 2.0.0, an offer of 1.0.0, 2.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 2.0.0, an offer of 2.0.0, 1.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 2.0.0, an offer of 999999.0.0 was refused as close code 4000 instead of server-behind.",
      "With the floor 2.0.0, an offer of 999999.0.0, 1.0.0, 2.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 2.0.0, an offer of 2.0.0 was refused as close code 4000 instead of unknown-contract.",
      "With the floor 2.0.0, an offer of 1.0.0 was refused as close code 4000 instead of client-too-old.",
      "With the floor 2.0.0, an offer of 1.0.0, 2.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 2.0.0, an offer of 1.0.0, 999999.0.0 was refused as close code 4000 instead of server-behind.",
      "With the floor 2.0.0, an offer of 2.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 2.0.0, an offer of 999999.0.0, 2.0.0 was refused as close code 4000 instead of answered with 2.0.0.",
      "With the floor 2.0.0, an offer of 2.0.0 was refused as close code 4000 instead of release-conflict.",
    ]
  `);
});

test("a client that is taken although it must be refused is found", async () => {
  const welcome = { contracts: [{ release: "2.0.0" }] } as unknown as Welcome; // all that is looked at

  expect(await toldOf({ welcome })).toMatchInlineSnapshot(`
    [
      "With the floor 1.0.0, an offer of 999999.0.0 was answered with 2.0.0 instead of a refusal as server-behind.",
      "With the floor 1.0.0, an offer of 2.0.0 was answered with 2.0.0 instead of a refusal as unknown-contract.",
      "With the floor 1.0.0, an offer of 1.0.0 was answered with 2.0.0 instead of 1.0.0.",
      "With the floor 1.0.0, an offer of 999999.0.0, 1.0.0 was answered with 2.0.0 instead of 1.0.0.",
      "With the floor 1.0.0, an offer of 1.0.0 was answered with 2.0.0 instead of a refusal as release-conflict.",
      "With the floor 1.0.0, an offer of 2.0.0, 1.0.0 was answered with 2.0.0 instead of 1.0.0.",
      "With the floor 1.0.0, an offer of 2.0.0 was answered with 2.0.0 instead of a refusal as release-conflict.",
      "With the floor 2.0.0, an offer of 999999.0.0 was answered with 2.0.0 instead of a refusal as server-behind.",
      "With the floor 2.0.0, an offer of 2.0.0 was answered with 2.0.0 instead of a refusal as unknown-contract.",
      "With the floor 2.0.0, an offer of 1.0.0 was answered with 2.0.0 instead of a refusal as client-too-old.",
      "With the floor 2.0.0, an offer of 1.0.0, 999999.0.0 was answered with 2.0.0 instead of a refusal as server-behind.",
      "With the floor 2.0.0, an offer of 2.0.0 was answered with 2.0.0 instead of a refusal as release-conflict.",
    ]
  `);
});

test("a refused client that is told the wrong side is found", async () => {
  const told = await toldOf(refusedAs({ closeName: "server-behind", mustMove: "client" }));

  expect(told).toContain(
    "With the floor 1.0.0, an offer of 999999.0.0 was told that the client has to move instead of the server.",
  );
});

function toldTo(floor: string, oldest: string): Promise<readonly string[]> {
  const supported = { floor, releases: [oldest, "2.0.0"] };
  return toldOf(refusedAs({ closeName: "client-too-old", mustMove: "client", supported }));
}

function wrongly(floor: string, oldest: string): string {
  return `With the floor 2.0.0, an offer of 1.0.0 was told that the floor is ${floor}, with ${oldest} as the oldest release that is served.`;
}

test("a refused client that is told another floor, or older releases than are served, is found", async () => {
  expect(await toldTo("1.0.0", "2.0.0")).toContain(wrongly("1.0.0", "2.0.0"));
  expect(await toldTo("2.0.0", "1.0.0")).toContain(wrongly("2.0.0", "1.0.0"));
  expect((await toldTo("2.0.0", "2.0.0")).filter((text) => text.includes("is served"))).toEqual([]);
});
