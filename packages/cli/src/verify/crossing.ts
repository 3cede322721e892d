/** How one procedure gets from a release to the next: what adapters say, read for whoever judges what comes of it. */
import type { AdapterStep, DerivedAdapter, Pointer, ReleaseDocument } from "@concordat/core";
import type { Adapter, ItemConverter, MessageConversion } from "@concordat/server/portable";

/** A conversion as its author wrote it. */
export type Conversion =
  | { readonly kind: "steps"; readonly steps: readonly AdapterStep[] }
  | { readonly kind: "function"; readonly run: (value: unknown) => unknown }
  | { readonly kind: "stream"; readonly open: () => ItemConverter<unknown, unknown> };

/** What an error of the newer release is in the older one; `undefined` where it has no name there. */
export interface ErrorName {
  readonly name: string;
  readonly payload: Conversion;
}

/** One procedure between two neighbouring releases. */
export interface Crossing {
  readonly older: ReleaseDocument;
  readonly newer: ReleaseDocument;
  /** Its name in each. */
  readonly from: string;
  readonly to: string;
  readonly kind: "identity" | "converted" | "answered" | "unimplemented";
  readonly request: Conversion;
  readonly response: Conversion;
  /** Whether somebody wrote it, so that what it loses has to be declared. */
  readonly isWritten: boolean;
  /** What a request loses, as it was declared. */
  readonly lost: readonly Pointer[];
  /** What a response loses, as it was declared. */
  readonly withheld: readonly Pointer[];
  readonly errorOf: (name: string) => ErrorName | undefined;
  /** Whether metadata passes as it is. */
  readonly keepsMetadata: boolean;
}

/** What stands between the releases of a contract. */
export interface Adapters {
  readonly history: readonly ReleaseDocument[];
  readonly adapters: readonly Adapter[];
  readonly derived: readonly DerivedAdapter[];
}

type Members = Readonly<Record<string, unknown>>;

const nothing: Conversion = { kind: "steps", steps: [] };

/** The crossings of a procedure from the release at an index up to where it ends, or to the newest. */
export function crossingsOf(
  parts: Adapters,
  index: number,
  procedure: string,
): readonly Crossing[] {
  const crossings: Crossing[] = [];
  let name = procedure;
  for (let at = index; at < parts.history.length - 1; at += 1) {
    const crossing = crossingAt(parts, at, name);
    if (crossing === undefined) break;
    crossings.push(crossing);
    if (crossing.kind === "answered" || crossing.kind === "unimplemented") break;
    name = crossing.to;
  }
  return crossings;
}

function crossingAt(
  { history, adapters, derived }: Adapters,
  at: number,
  from: string,
): Crossing | undefined {
  const [older, newer] = [history[at], history[at + 1]];
  if (older === undefined || newer === undefined) return undefined;
  const adapter = adapters.find((each) => each.from === older.release);
  // The types of an adapter's functions are about values; here only its form is looked at.
  const written = memberOf(adapter?.procedures, from);
  const made = memberOf(derived.find((each) => each.from === older.release)?.procedures, from);
  const isWritten = written !== undefined;
  const said = membersOf(written ?? made);
  const to = typeof said["renamedTo"] === "string" ? said["renamedTo"] : from;
  const isSame =
    !isWritten && older.procedures[from]?.fingerprint === newer.procedures[from]?.fingerprint;
  return {
    older,
    newer,
    from,
    to,
    kind:
      written === "unimplemented"
        ? "unimplemented"
        : "answer" in said
          ? "answered"
          : isSame
            ? "identity"
            : "converted",
    request: conversionOf(said["request"]),
    response: conversionOf(said["response"]),
    isWritten,
    lost: pointersIn(said["lost"]),
    withheld: pointersIn(said["withheld"]),
    errorOf: (name) =>
      errorIn(membersOf(said["errors"]), name, older.procedures[from]?.errors ?? {}),
    keepsMetadata: said["metadata"] === undefined,
  };
}

function errorIn(said: Members, name: string, known: object): ErrorName | undefined {
  const error = memberOf(said, name);
  if (error === "generic") return undefined;
  const told = membersOf(error);
  if (typeof told["name"] === "string")
    return { name: told["name"], payload: conversionOf(told["payload"]) };
  return Object.hasOwn(known, name) ? { name, payload: nothing } : undefined;
}

function conversionOf(said: unknown): Conversion {
  if (said === undefined) return nothing;
  // The server has looked at its form when it started, and says itself which of the three it is.
  const conversion = said as MessageConversion<unknown, unknown>;
  if (typeof conversion === "function") return { kind: "function", run: conversion };
  return "stream" in conversion
    ? { kind: "stream", open: conversion.stream }
    : { kind: "steps", steps: conversion };
}

function pointersIn(said: unknown): readonly Pointer[] {
  return Array.isArray(said) ? said.map(String) : [];
}

function membersOf(said: unknown): Members {
  return typeof said === "object" && said !== null ? { ...said } : {};
}

function memberOf(said: object | undefined, name: string): unknown {
  const entry = Object.entries(said ?? {}).find(([key]) => key === name);
  return entry?.[1] as unknown; // `entries` of an object that nobody knows more about
}
