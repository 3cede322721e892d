/** Who may ask what a server speaks, and how much it says. */
import type { Peer } from "@concordat/core";
import { type Hello, mostInspected, type ServedContract } from "@concordat/core/internal";
import { expect, test } from "vitest";

import { asksForInspection, inspectionFor, type InspectPolicy } from "../../src/log/inspection.ts";
import { rejecting } from "../fixture/hostile.ts";
import type { LogEvent } from "../../src/index.ts";

function contractOf(name: string, releases: number): ServedContract {
  const numbers = Array.from({ length: releases }, (_, at) => `1.${at}.0`);
  return {
    name,
    releases: numbers.map((release) => ({ release, fingerprint: `sha256:${release}` })),
    floor: numbers[0],
  };
}

const served = new Map(
  [contractOf("orders", mostInspected + 10), contractOf("billing", 2)].map((each) => [
    each.name,
    each,
  ]),
);
const peer: Peer = { name: "web", version: "", address: undefined, principal: undefined };

/** What a policy shows, and what it made the operator hear. */
function shown(policy: InspectPolicy): {
  readonly names: readonly string[] | undefined;
  readonly log: readonly LogEvent[];
} {
  const log: LogEvent[] = [];
  const inspection = inspectionFor(peer, policy, served, (event) => void log.push(event));
  return { names: inspection?.contracts.map(({ name }) => name), log };
}

test.each<[string, InspectPolicy, readonly string[] | undefined]>([
  ["nobody", "off", undefined],
  ["everybody everything", "on", ["orders", "billing"]],
  ["a caller everything", () => true, ["orders", "billing"]],
  ["a caller what it may know of", () => ["billing", "unknown"], ["billing"]],
  ["a caller that may know of nothing an empty list", () => [], []],
  ["a caller that may not ask nothing", () => false, undefined],
])("shows %s, and says nothing of that in the log", (_, policy, names) => {
  expect(shown(policy)).toEqual({ names, log: [] });
});

test("a policy that throws has not said yes, and is logged", () => {
  const { names, log } = shown(() => {
    throw new Error("no directory");
  });

  expect(names).toBeUndefined();
  expect(log).toMatchObject([
    { level: "error", event: "inspection-failed", cause: { message: "no directory" } },
  ]);
});

test.each<[string, () => unknown]>([
  ["a promise that rejects", rejecting],
  ["a text that has the name of a contract in it", () => "orders and more"],
  ["nothing", () => undefined],
])(
  "a policy that answers %s has not said yes, and the log says what it may answer",
  (_, policy) => {
    const { names, log } = shown(policy as InspectPolicy); // JavaScript does not know the type
    const message = 'The function under "inspect" answers true, false or a list, and at once.';

    expect(names).toBeUndefined();
    expect(log).toMatchObject([{ level: "error", event: "inspection-failed", cause: { message } }]);
  },
);

test("shows the newest releases of a long history, with the floor and the newest of all", () => {
  const inspection = inspectionFor(peer, "on", served, () => undefined);
  const [orders] = inspection?.contracts ?? [];

  expect(orders).toMatchObject({ floor: "1.0.0", newest: `1.${mostInspected + 9}.0` });
  expect(orders?.releases).toHaveLength(mostInspected);
  expect(orders?.releases.at(-1)?.release).toBe(orders?.newest);
});

function asks(hello: Pick<Hello, "contracts" | "capabilities">): boolean {
  // It looks at nothing else of a hello.
  return asksForInspection(hello as Hello);
}

test("a hello asks for an inspection only where it offers nothing that could be called", () => {
  const contracts = [{ name: "orders", offers: [], optional: false }];

  expect(asks({ contracts: [], capabilities: ["inspect"] })).toBe(true);
  expect(asks({ contracts, capabilities: ["inspect"] })).toBe(false);
  expect(asks({ contracts: [], capabilities: ["resume"] })).toBe(false);
});

test("shows of each release what its clients hear: also the day of a newer one that will end it", () => {
  const [sunset, message] = ["2027-06-30", "Old."];
  const releases = [
    {
      release: "1.0.0",
      fingerprint: "sha256:1",
      notice: { message },
      outlook: { message, sunset },
    },
    {
      release: "2.0.0",
      fingerprint: "sha256:2",
      notice: { message: "To the refused." },
      outlook: { message },
    },
  ];
  const orders = new Map([["orders", { name: "orders", releases, floor: "1.0.0" }]]);
  const inspection = inspectionFor(peer, "on", orders, () => undefined);

  expect(inspection?.contracts[0]?.releases.map(({ notice }) => notice)).toEqual([
    { message, sunset },
    { message },
  ]);
});
