/** Shakes hands with every offer that matters, and looks at what was chosen or why nothing was. */
import { type Offer, workingTree } from "@concordat/core/internal";

import type { Greeting } from "./caller.ts";
import type { Finding } from "./law.ts";
import type { Theatre } from "./theatre.ts";

/** What a handshake has to come to: a release, or the name of a refusal and who has to move. */
type Expected = string | { readonly refusal: string; readonly mustMove?: "client" | "server" };

/** A release that nobody has made yet. */
const future: Offer = { release: "999999.0.0", fingerprint: `sha256:${"f".repeat(64)}` };

/** With more floors than this, only some are tried. */
const mostFloors = 8;

/** What was found, and how many handshakes it took. */
export interface NegotiationResult {
  readonly findings: readonly Finding[];
  readonly handshakes: number;
}

/** Tries every floor from the contract's own on. */
export async function tryNegotiation(theatre: Theatre): Promise<NegotiationResult> {
  const { contract, history, floor = history[0]?.release } = theatre.subject;
  // A working tree is agreed on by its fingerprint alone, and nothing comes before or behind it.
  if (history.some(({ release }) => release === workingTree))
    return { findings: [], handshakes: 0 };
  const start = history.findIndex(({ release }) => release === floor);
  const floors = [...history.keys()].filter((index) => index >= start);
  const stride = Math.ceil(floors.length / mostFloors);
  const chosen = floors.filter((index) => (index - start) % stride === 0);
  const findings: Finding[] = [];
  let handshakes = 0;
  for (const index of chosen) {
    const { release = "" } = history[index] ?? {};
    const { stage } = theatre.withFloor(release);
    for (const [offers, expected, name = contract] of casesFor(theatre, index)) {
      handshakes += 1;
      const message = fault(await stage.greet(offers, name), expected, release);
      if (message === undefined) continue;
      const offered = offers.map((offer) => offer.release ?? "a working tree").join(", ");
      findings.push({
        law: "negotiated",
        contract,
        release,
        path: "",
        message: `With the floor ${release}, an offer of ${offered} ${message}`,
      });
    }
  }
  return { findings, handshakes };
}

type Case = readonly [offers: readonly Offer[], expected: Expected, contract?: string];

function* casesFor({ subject: { history } }: Theatre, floor: number): Generator<Case> {
  const offers = history.map(({ release, fingerprint }) => ({ release, fingerprint }));
  const newest = offers.at(-1);
  if (newest === undefined) return;
  yield [offers, newest.release];
  yield [offers.toReversed(), newest.release];
  yield [[future], { refusal: "server-behind", mustMove: "server" }];
  yield [[future, ...offers], newest.release];
  yield [[newest], { refusal: "unknown-contract" }, "nobody-serves-this"];
  for (const [index, offer] of offers.entries()) {
    const edited = { ...offer, fingerprint: `sha256:${"0".repeat(64)}` };
    if (index < floor) {
      yield [[offer], { refusal: "client-too-old", mustMove: "client" }];
      yield [[offer, newest], newest.release];
      yield [[offer, future], { refusal: "server-behind", mustMove: "server" }];
      continue;
    }
    yield [[offer], offer.release];
    yield [[future, offer], offer.release];
    yield [[edited], { refusal: "release-conflict" }];
    const next = offers[index + 1];
    if (next === undefined) continue;
    yield [[offer, next], next.release];
    yield [[next, offer], next.release];
    yield [[{ ...next, fingerprint: edited.fingerprint }, offer], offer.release];
  }
}

function fault(greeting: Greeting, expected: Expected, floor: string): string | undefined {
  const { welcome } = greeting;
  if (welcome !== undefined) {
    const [agreed] = welcome.contracts;
    if (agreed?.release === expected) return undefined;
    const instead = typeof expected === "string" ? expected : `a refusal as ${expected.refusal}`;
    return `was answered with ${agreed?.release ?? "none"} instead of ${instead}.`;
  }
  const { refusal, code } = greeting;
  const name = refusal?.closeName ?? `close code ${code}`;
  if (typeof expected === "string")
    return `was refused as ${name} instead of answered with ${expected}.`;
  if (name !== expected.refusal) return `was refused as ${name} instead of ${expected.refusal}.`;
  const { mustMove, supported } = refusal ?? {};
  if (expected.mustMove !== undefined && mustMove !== expected.mustMove)
    return `was told that the ${mustMove ?? "unknown side"} has to move instead of the ${expected.mustMove}.`;
  const [oldest = "nothing"] = supported?.releases ?? [];
  const isKnown = expected.refusal !== "unknown-contract";
  if (isKnown && supported !== undefined && (supported.floor !== floor || oldest !== floor))
    return `was told that the floor is ${supported.floor ?? "none"}, with ${oldest} as the oldest release that is served.`;
  return undefined;
}
