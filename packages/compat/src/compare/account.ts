/** What there is to say of one pair of schemas, wherever in a message the pair lies. */
import type { AdapterStep } from "@concordat/core";
import { type Difference, shownPath } from "./difference.ts";
import { isReachedAlone } from "./place.ts";
import type { Site } from "./site.ts";
import type { Pair, Way } from "./way.ts";

/** A difference of the pair. Its places and its drafts start at the pair. */
export interface Note {
  readonly difference: Difference;
  /** The pair, where the difference is that of its schemas; one that is noted from outside, as of an object's other names, has none. */
  readonly here?: Pair;
  readonly path: string;
  /** Sentences that were made of it. */
  readonly told: Map<string, string>;
}

/** A difference at its site in a message. */
export interface Found {
  readonly note: Note;
  readonly site: Site;
  readonly rule: Difference["rule"];
  readonly facts: Difference["facts"];
  /** Steps for the whole message, where they are others than those of the note. */
  readonly draft?: Difference["draft"];
}

/** A pair at its places, and what there is to say of it, as soon as anybody asked. */
export interface Topic extends Pair {
  account?: Account;
  outlook?: Outlook;
}

/** Where, from a pair on, something is said. */
export interface Outlook {
  /** The steps to the nearest pair of which something is said; Infinity where there is none. */
  nearest: number;
  /** All such pairs; undefined where they are many, or were not looked for. */
  spots: Set<Topic> | undefined;
}

/** A pair further inside. */
export interface Inner {
  readonly topic: Topic;
  readonly way: Way;
}

/** Entries of which something else is said, now that it is known what lies around them. `site`: that of the pair. */
export interface Revised {
  readonly entries: Account;
  readonly revise: (found: Found, site: Site) => Found;
}

/** Differences and pairs inside, in the order in which they are told. */
export type Account = readonly Entry[];

/** One entry of an account. */
export type Entry =
  | { readonly kind: "note"; readonly note: Note }
  | { readonly kind: "inner"; readonly inner: Inner }
  | { readonly kind: "revised"; readonly revised: Revised };

/** A note of a difference. */
export function noteOf(difference: Difference, here?: Pair): Note {
  return { difference, ...(here && { here }), path: shownPath(difference), told: new Map() };
}

/** A note at a site, as it was taken. */
export function foundAt(note: Note, site: Site): Found {
  const { rule, facts } = note.difference;
  return { note, site, rule, facts };
}

/** The steps of a difference, from the root of the message; undefined where they would reach what stands beside as well. */
export function draftOf({ note, site, draft }: Found): Difference["draft"] {
  const own = note.difference.draft;
  if (draft === undefined && own === undefined) return undefined;
  if (!isReachedAlone([...site.place, ...note.difference.place])) return undefined;
  if (draft !== undefined || own === undefined) return draft;
  const moved = (steps: readonly AdapterStep[]): readonly AdapterStep[] =>
    steps.map((step) => ({ ...step, at: `${site.pointer}${step.at}` }));
  return { toAfter: moved(own.toAfter), toBefore: moved(own.toBefore) };
}
