/** What an adapter between two neighbouring releases has to say, and how much of it can be drafted. */
import {
  type AdapterStep,
  type ProcedureDocument,
  procedureKinds,
  type ReleaseDocument,
} from "@concordat/core";
import { present, procedureFingerprint } from "@concordat/core/internal";

import { type Change, compareReleases, deriveAdapter, gate } from "../project/comparison.ts";
import { firstRefusal, type Receiver, type Refusal } from "./step-trial.ts";

/** One message of a procedure that changed. */
export interface PartDraft {
  /** What changed and matters to older clients. */
  readonly changes: readonly Change[];
  /** All that has to be done, as steps; undefined where somebody has to write it. */
  readonly steps: readonly AdapterStep[] | undefined;
  /** Those steps that fill in a value which nobody stated: only the simplest that fits. */
  readonly guesses: ReadonlySet<AdapterStep>;
  /** Why they are for somebody to write although each change has steps: those were tried, and do not do it. */
  readonly refusal?: Refusal;
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
  /** A notification of the server that the newer release never tells. */
  | { readonly fate: "untold" }
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
      drafts.set(
        name,
        isTold(before)
          ? { fate: "untold" }
          : { fate: "other-kind", before: before.kind, after: after.kind },
      );
    else {
      const conversion = derived.get(name);
      const isEnough = conversion !== undefined && !own.some(isMeantOtherwise);
      const draft: ProcedureDraft = isEnough
        ? { fate: "derived", lost: conversion.lost ?? [] }
        : converted([older, before], [newer, after], own);
      drafts.set(name, draft);
    }
  }
  return drafts;
}

/** Whether the server tells it, so that nobody asks for it. */
function isTold({ kind }: ProcedureDocument): boolean {
  return kind === "serverNotification";
}

/** What a rename explains: without it older clients are served, and not as they meant it, or do not know an error. */
function isMeantOtherwise({ rule, verdict, adapter = [] }: Change): boolean {
  return (
    rule === "error-renamed" || (verdict === "lossy" && adapter.some(({ step }) => step !== "drop"))
  );
}

function withoutName(
  before: ProcedureDocument,
  changes: readonly Change[],
  newer: ReleaseDocument,
): ProcedureDraft {
  if (!changes.some(({ rule }) => rule === "procedure-renamed"))
    return { fate: isTold(before) ? "untold" : "gone" };
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

function converted(
  [older, before]: Owned,
  [newer, after]: Owned,
  changes: readonly Change[],
): ProcedureDraft {
  const part = (which: "request" | "response"): PartDraft => {
    const [receiver, accepting] = which === "request" ? [newer, after] : [older, before];
    const isStream = procedureKinds[before.kind][`${which}Stream`];
    const position = isStream ? "item" : which;
    // From the outside nobody can tell which of two streams an item is of.
    const all =
      before.kind === "bidiStream" ? changesIn(which, [older, before], [newer, after]) : changes;
    return partDraft(
      all.filter((change) => change.position === position),
      { schema: accepting[which], definitions: receiver.definitions },
    );
  };
  return {
    fate: "converted",
    renamedTo: undefined,
    request: part("request"),
    response: part("response"),
    errors: [...errorDrafts(changes, [older, before]), ...renamedError(before, after, changes)],
  };
}

/** A procedure with the release that its messages refer to. */
type Owned = readonly [ReleaseDocument, ProcedureDocument];

/** What changed in one message for older clients, as if there were no other. */
function changesIn(
  part: "request" | "response",
  [older, before]: Owned,
  [newer, after]: Owned,
): readonly Change[] {
  const alone = ([release, { kind, [part]: message }]: Owned): ReleaseDocument => {
    const messages = { kind, request: true, response: true, [part]: message } as const;
    const fingerprint = procedureFingerprint(messages, release.definitions);
    return { ...release, procedures: { it: { ...messages, fingerprint } } };
  };
  const { changes } = compareReleases(alone([older, before]), alone([newer, after]));
  return changes.filter(({ direction }) => direction === gate);
}

function partDraft(changes: readonly Change[], receiver: Receiver): PartDraft {
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
  const refusal = isDrafted ? firstRefusal(steps, matters, receiver) : undefined;
  return {
    changes: matters,
    steps: isDrafted && refusal === undefined ? steps : undefined,
    guesses: new Set(guesses),
    ...present({ refusal }),
  };
}

/** Whether something in it is for a person to decide. */
export function isOpen({ steps, guesses }: PartDraft): boolean {
  return steps === undefined || guesses.size > 0;
}

function errorDrafts(
  changes: readonly Change[],
  [{ definitions }, { errors = {} }]: Owned,
): readonly ErrorDraft[] {
  const payloads = new Map<string, Change[]>();
  for (const change of changes) {
    if (change.position !== "error" || change.error === undefined) continue;
    payloads.set(change.error, [...(payloads.get(change.error) ?? []), change]);
  }
  return [...payloads].flatMap(([name, own]) => {
    // An error with other details is in both releases; what nobody knows is not tried.
    const schema = Object.hasOwn(errors, name) ? errors[name] : undefined;
    const draft = partDraft(own, { schema: schema ?? true, definitions });
    return draft.changes.length === 0 ? [] : [{ ...draft, newer: name, older: name }];
  });
}

/** The error that got another name, where one did: nothing else came or went then. */
function renamedError(
  before: ProcedureDocument,
  after: ProcedureDocument,
  changes: readonly Change[],
): readonly ErrorDraft[] {
  const own = changes.filter(({ rule }) => rule === "error-renamed");
  if (own.length === 0) return [];
  const [older] = missingFrom(after, before);
  const [newer] = missingFrom(before, after);
  if (older === undefined || newer === undefined) return [];
  return [{ older, newer, changes: own, steps: [], guesses: new Set() }];
}

/** The names of errors that one procedure has and another lacks. */
function missingFrom(lacks: ProcedureDocument, has: ProcedureDocument): readonly string[] {
  return Object.keys(has.errors ?? {}).filter((name) => !Object.hasOwn(lacks.errors ?? {}, name));
}
