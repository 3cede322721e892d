/** The behaviour table: what a caller sees and how its handler fares, the same over every transport and encoding. */
import { createClient } from "@concordat/client";
import { offeredEncodings } from "@concordat/core/internal";
import { inEncoding } from "@concordat/testing";
import { afterAll, describe, expect, test } from "vitest";
import { type BehaviourCase, behaviourCases } from "./behaviour-case.ts";
import { compared, play, type Played } from "./behaviour-run.ts";
import { memoryPlace, type Place, socketPlace, workerPlace } from "./place.ts";
import { scripted } from "./scripted-contract.ts";

const places = [socketPlace(), memoryPlace(), workerPlace()];

afterAll(async () => {
  await Promise.all(places.map((place) => place.end()));
});

const ways = places.flatMap((place) =>
  offeredEncodings.map((encoding) => [place.name, encoding, place] as const),
);

const titled = behaviourCases.map((each) => [each.case, each.title, each] as const);

/** All cases run at the same time: most of the time of a deadline is spent waiting. */
describe.each(ways)("over %s in %s", (_name, encoding, place) => {
  const outcomes = new Map<string, Promise<Played>>();

  test.each(titled)("%s: %s", { timeout: 60_000 }, async (_case, _title, wanted) => {
    if (outcomes.size === 0) {
      for (const each of behaviourCases) outcomes.set(each.case, outcomeOf(each, place, encoding));
    }
    const came = await outcomes.get(wanted.case);

    for (const [at, call] of wanted.calls.entries()) {
      const { actual, expected } = compared(came?.outcomes[at] ?? {}, call.expect);
      expect(actual).toMatchObject(expected as object); // a record of members to compare
    }
    expect(came?.heard).toEqual(wanted.hears ?? []);
  });
});

test("there are more than a hundred cases, each with a name and a promise of its own", () => {
  expect(behaviourCases.length).toBeGreaterThanOrEqual(100);
  expect(new Set(behaviourCases.map((each) => each.case)).size).toBe(behaviourCases.length);
  expect(new Set(behaviourCases.map(({ title }) => title)).size).toBe(behaviourCases.length);
});

async function outcomeOf(played: BehaviourCase, place: Place, encoding: string): Promise<Played> {
  const client = createClient({
    connect: async () => inEncoding(encoding, await place.connect(played.limits ?? {})),
    contracts: { scripted },
    limits: played.clientLimits ?? {},
  });
  try {
    await client.connect(); // what is sent ahead of the welcome is in the client's own first encoding
    return await play(client, played);
  } finally {
    await client.close();
  }
}
