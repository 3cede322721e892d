/** What a server tells about itself is read like all that a peer says: what is garbled in it is left out. */
import { expect, test } from "vitest";
import { type Inspection, inspectionIn, mostInspected } from "../../src/handshake/inspection.ts";
import type { JsonMessage } from "../../src/handshake/json-message.ts";
import { thrownClass } from "../thrown.ts";
import { hostileValues, withEachPlaceReplaced } from "./hostile-json.ts";

const fingerprint = `sha256:${"a".repeat(64)}`;
const notice = { sunset: "2027-01-31", message: "Please update." };
const told: Inspection = {
  contracts: [
    {
      name: "orders",
      floor: "1.1.0",
      newest: "2.0.0",
      isRetired: false,
      upgradeUrl: "https://example.com/app",
      farewell: { message: "Amounts have a currency now." },
      releases: [
        { release: "1.0.0", fingerprint, notice },
        { release: "2.0.0", fingerprint },
      ],
    },
    { name: "chat", isRetired: true, releases: [{ fingerprint }] },
  ],
};

function read(inspect: unknown): Inspection | undefined {
  return inspectionIn(JSON.parse(JSON.stringify({ inspect })) as JsonMessage); // an object of ours
}

test("an inspection comes back whole", () => {
  expect(read(told)).toEqual(told);
});

test("a welcome without one has none", () => {
  expect(inspectionIn({})).toBeUndefined();
  for (const value of hostileValues.filter((each) => typeof each !== "object"))
    expect(read(value)).toBeUndefined();
  expect([read(null), read([told])]).toEqual([undefined, undefined]);
});

test("of very many releases the newest are told", () => {
  const releases = Array.from({ length: mostInspected + 1 }, (_, minor) => ({
    release: `1.${minor}.0`,
    fingerprint,
  }));
  const contract = { name: "orders", isRetired: false, releases };

  expect(mostInspected).toBe(256);
  expect(read({ contracts: [contract] })?.contracts[0]?.releases).toEqual(releases.slice(1));
});

test("what is no object is no contract and no release, and only yes is retired", () => {
  const contract = { name: "orders", isRetired: 1, releases: ["1.0.0", null, { fingerprint }] };

  expect(read({ contracts: [null, "orders", contract] })).toEqual({
    contracts: [{ name: "orders", isRetired: false, releases: [{ fingerprint }] }],
  });
  expect(read({ contracts: [{ releases: [{}] }] })?.contracts).toEqual([
    { name: "", isRetired: false, releases: [{ fingerprint: "" }] },
  ]);
});

test("a link that is no address of the web is left out", () => {
  const upgradeUrl = "javascript:alert(1)";

  expect(read({ contracts: [{ upgradeUrl }] })?.contracts[0]).not.toHaveProperty("upgradeUrl");
});

test("any member of any type in any place is read or ignored", () => {
  const outcomes = new Set<unknown>();
  for (const inspect of withEachPlaceReplaced(JSON.parse(JSON.stringify(told))))
    outcomes.add(thrownClass(() => read(inspect)));

  expect(outcomes).toEqual(new Set([undefined]));
});
