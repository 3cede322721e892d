/** What lies ahead is seen from afar, in circles too, and what is not seen is not passed over. */
import { expect, test } from "vitest";
import type { Account, Entry, Topic } from "../../src/compare/account.ts";
import { noteOf } from "../../src/compare/account.ts";
import { outlookOf } from "../../src/compare/outlook.ts";
import { wayTo } from "../../src/compare/way.ts";
import { Search } from "../../src/include/search.ts";
import { Space } from "../../src/normal/node.ts";
import { reader } from "../../src/normal/reader.ts";

const node = new Search(new Space(reader)).made("any", true);
const way = wayTo(
  { into: "property", name: "a" },
  { before: node, after: node, isPlain: true, isSeparable: true },
);
const note: Entry = {
  kind: "note",
  note: noteOf({ rule: "values-changed", place: [], demand: {} }),
};

/** A graph of pairs: where each leads, and of which something is said. */
function graph(edges: readonly (readonly number[])[], spoken: readonly number[]) {
  const topics = edges.map((): Topic => ({ before: node, after: node }));
  const accounts = new Map<Topic, Account>();
  for (const [index, topic] of topics.entries()) {
    const inner = (edges[index] ?? []).flatMap((to): Entry[] => {
      const target = topics[to];
      return target ? [{ kind: "inner", inner: { topic: target, way } }] : [];
    });
    accounts.set(topic, [...inner, ...(spoken.includes(index) ? [note] : [])]);
  }
  const seen = (from: number) => {
    const topic = topics[from];
    const outlook = topic && outlookOf(topic, (each) => accounts.get(each) ?? []);
    const spots = outlook?.spots && [...outlook.spots].map((spot) => topics.indexOf(spot));
    return { nearest: outlook?.nearest, spots: spots?.toSorted((left, right) => left - right) };
  };
  return seen;
}

test("a pair sees every pair behind it of which something is said, and how far the nearest is", () => {
  const seen = graph([[1, 2], [3], [3], [4], [], [0]], [4, 1]);

  expect(seen(0)).toEqual({ nearest: 1, spots: [1, 4] });
  expect(seen(2)).toEqual({ nearest: 2, spots: [4] });
  // Asked later, it builds on what is known.
  expect(seen(5)).toEqual({ nearest: 2, spots: [1, 4] });
});

test("pairs in a circle see the same", () => {
  const seen = graph([[1], [2], [0, 3], []], [3]);

  expect([0, 1, 2].map(seen)).toEqual([
    { nearest: 3, spots: [3] },
    { nearest: 2, spots: [3] },
    { nearest: 1, spots: [3] },
  ]);
});

test("where nothing is said there is nothing to see", () => {
  expect(graph([[1], [0]], [])(0)).toEqual({ nearest: Infinity, spots: [] });
});

test("of very many spots only the nearest is known", () => {
  const all = Array.from({ length: 200 }, (_, index) => index + 2);
  const seen = graph([[1], all, ...all.map(() => [])], all);

  expect(seen(0)).toEqual({ nearest: 2, spots: undefined });
});
