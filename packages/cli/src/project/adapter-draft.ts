/** What an adapter between two neighbouring releases has to say, and how much of it can be drafted. */
import type { AdapterStep, ProcedureDocument, ReleaseDocument } from "@concordat/core";

import { type Change, compareReleases, deriveAdapter, gate } from "./comparison.ts";

/** One message of a procedure that changed. */
export interface PartDraft {
  /** What changed and matters to older clients. */
  readonly changes: readonly Change[];
  /** All that has to be done, as steps; undefined where somebody has to write it. */
  readonly steps: readonly AdapterStep[] | undefined;
  /** Those steps that fill in a value which nobody stated: only the simplest that fits. */
  readonly guesses: ReadonlySet<AdapterStep>;
}

/** A named error of the newer release that older clients know otherwise. */
export interface ErrorDraft extends PartDraft {
  readonly newer: string;
  readonly older: string;
}

/** What becomes of one procedure. */
export type ProcedureDraft =
  | { readonly fate: "derived"; readonly lost: readonly string[] }
  | { readonly fate: "gone" }
  | { readonly fate: "other-kind"; readonly before: string; readonly after: string }
  | {
      readonly fate: "converted";
      readonly renamedTo: string | undefined;
      readonly request: PartDraft;
      readonly response: PartDraft;
      readonly errors: readonly ErrorDraft[];
    };

/** The drafts of all procedures of the older release that changed, by name. */
export function draftAdapter(
  older: ReleaseDocument,
  newer: ReleaseDocument,
): ReadonlyMap<string, ProcedureDraft> {
  const { changes } = compareReleases(older, newer);
  const derived = new Map(Object.entries(deriveAdapter(older, newer).procedures));
  const drafts = new Map<string, ProcedureDraft>();
  for (const [name, before] of Object.entries(older.procedures)) {
    const own = changes.filter(
      ({ procedure, direction }) => procedure === name && direction === gate,
    );
    const after = new Map(Object.entries(newer.procedures)).get(name);
    if (after?.fingerprint === before.fingerprint) continue;
    if (after === undefined) drafts.set(name, withoutName(before, own, newer));
    else if (after.kind !== before.kind)
      drafts.set(name, { fate: "other-kind", before: before.kind, after: after.kind });
    else {
      const conversion = derived.get(name);
      const isEnough = conversion !== undefined && !own.some(isMeantOtherwise);
      const draft: ProcedureDraft = isEnough
        ? { fate: "derived", lost: conversion.lost ?? [] }
        : converted(before, own);
      drafts.set(name, draft);
    }
  }
  return drafts;
}

/** A loss that a rename explains: without it older clients are served, and not as they meant it. */
function isMeantOtherwise({ verdict, adapter = [] }: Change): boolean {
  return verdict === "lossy" && adapter.some(({ step }) => step !== "drop");
}

function withoutName(
  before: ProcedureDocument,
  changes: readonly Change[],
  newer: ReleaseDocument,
): ProcedureDraft {
  if (!changes.some(({ rule }) => rule === "procedure-renamed")) return { fate: "gone" };
  const target = Object.entries(newer.procedures).find(
    ([, { fingerprint }]) => fingerprint === before.fingerprint,
  );
  const nothing: PartDraft = { changes: [], steps: [], guesses: new Set() };
  return {
    fate: "converted",
    renamedTo: target?.[0],
    request: nothing,
    response: nothing,
    errors: [],
  };
}

function converted(before: ProcedureDocument, changes: readonly Change[]): ProcedureDraft {
  const { kind } = before;
  const isItemOf = (part: "request" | "response"): boolean =>
    kind === "bidiStream" || kind === (part === "request" ? "clientStream" : "serverStream");
  const part = (which: "request" | "response"): PartDraft =>
    partDraft(
      changes.filter(
        ({ position }) => position === which || (position === "item" && isItemOf(which)),
      ),
      // Nobody can tell from the outside which of the two streams an item is of.
      kind === "bidiStream" ? "by hand" : "by steps",
    );
  return {
    fate: "converted",
    renamedTo: undefined,
    request: part("request"),
    response: part("response"),
    errors: errorDrafts(changes),
  };
}

function partDraft(changes: readonly Change[], how: "by hand" | "by steps"): PartDraft {
  const matters = changes.filter(
    (change) =>
      change.verdict === "breaking" || change.verdict === "undecided" || isMeantOtherwise(change),
  );
  const isDrafted = matters.every(
    ({ verdict, adapter }) => verdict !== "undecided" && adapter !== undefined,
  );
  const steps = matters.flatMap(({ adapter }) => adapter ?? []);
  const guesses = matters.flatMap(({ rule, adapter = [] }) =>
    rule.endsWith("-with-default") ? [] : adapter.filter(({ step }) => step === "default"),
  );
  const isWhole = isDrafted && (how === "by steps" || steps.length === 0);
  return {
    changes: matters,
    steps: isWhole ? steps : undefined,
    guesses: new Set(guesses),
  };
}

/** Whether something in it is for a person to decide. */
export function isOpen({ steps, guesses }: PartDraft): boolean {
  return steps === undefined || guesses.size > 0;
}

function errorDrafts(changes: readonly Change[]): readonly ErrorDraft[] {
  const payloads = new Map<string, Change[]>();
  for (const change of changes) {
    if (change.position !== "error" || change.error === undefined) continue;
    payloads.set(change.error, [...(payloads.get(change.error) ?? []), change]);
  }
  return [...payloads].flatMap(([name, own]) => {
    const draft = partDraft(own, "by steps");
    return draft.changes.length === 0 ? [] : [{ ...draft, newer: name, older: name }];
  });
}
