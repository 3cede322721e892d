/** The releases of the simulated contract, the adapters between them, and what clients of each say. */
import { type CallersOf, type HandlersOf, type NotifiersOf } from "@concordat/core";
import {
  type ClientContract,
  interpreted,
  ReleaseCodecs,
  type ServerContract,
} from "@concordat/core/internal";
import { Type } from "typebox";

import type { Adapter } from "../../src/index.ts";
import { historyOf, offersOf } from "../fixture/library-history.ts";
import { treeOf } from "./work.ts";

type Tree = ReturnType<typeof treeOf>;

/** Oldest first. 1.0.0 writes each number as its negative: what is not converted is refused by the other side. */
export const releases = ["1.0.0", "2.0.0", "3.0.0"] as const;

/** One of them. */
export type Release = (typeof releases)[number];

const trees: Readonly<Record<Release, Tree>> = {
  "1.0.0": treeOf(Type.Integer({ maximum: 0 })),
  "2.0.0": treeOf(Type.Integer({ minimum: 0 })),
  "3.0.0": treeOf(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
};

const history = historyOf("work", Object.entries(trees));

/** A number as a release writes it, and the other way round. */
export function writtenIn(release: Release, number: number): number {
  return release === "1.0.0" ? 0 - number : number;
}

/** What serves the releases up to one of them. */
export function served(newest: Release): {
  readonly contract: ServerContract<HandlersOf<Tree>, NotifiersOf<Tree>>;
  readonly adapters: readonly Adapter[];
} {
  const count = releases.indexOf(newest) + 1;
  return {
    contract: { name: "work", history: history.slice(0, count) },
    adapters: adapters.slice(0, count - 1),
  };
}

const adapters: readonly Adapter[] = [stepFrom("1.0.0", "2.0.0"), stepFrom("2.0.0", "3.0.0")];

/** Both are the same to a number's way up and down. */
function stepFrom(from: Release, to: Release): Adapter {
  const convert = (number: unknown): number => writtenIn(from, Number(number));
  const both = { request: convert, response: convert };
  const { told: _told, news: _news, ...calls } = trees[to];
  const procedures = Object.fromEntries(Object.keys(calls).map((name) => [name, both]));
  return {
    from,
    to,
    procedures: { ...procedures, told: { request: convert }, news: { response: convert } },
  };
}

/** What a client of a release has as its stub. One that offers older ones too writes numbers as they all do. */
export function stubOf(
  release: Release,
  ...older: readonly Release[]
): ClientContract<CallersOf<Tree>> {
  const document = history[releases.indexOf(release)];
  if (document === undefined) throw new Error(`There is no release ${release}.`);
  const codecs = new ReleaseCodecs(document.definitions, interpreted);
  return {
    name: "work",
    offers: offersOf(history, release, ...older),
    procedures: Object.entries(document.procedures).map(
      ([name, { kind, idempotent = false, request, response }]) => ({
        name,
        kind,
        idempotent,
        request: codecs.writer(request),
        response: codecs.reader(response),
      }),
    ),
  };
}
