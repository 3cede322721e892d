/** What is wrong with an adapter whatever the calls: found when the server starts. */
import {
  type DerivedAdapter,
  type ProcedureDocument,
  procedureKinds,
  type ReleaseDocument,
} from "@concordat/core";

import type { Adapter } from "./adapter.ts";
import {
  type AnyProcedureConversion,
  bridgesOf,
  fateOf,
  procedureOf,
  writtenFor,
  type Written,
} from "./fate.ts";
import { isForStreams } from "./message-conversion.ts";
import { stepFaults } from "./step-check.ts";
import { adapterShapeFaults, writtenShapeFaults } from "./written-check.ts";

/** What stands between the releases of a contract, as far as it is known. */
export interface AdapterParts {
  /** Oldest first. */
  readonly history: readonly ReleaseDocument[];
  readonly adapters: readonly Adapter[];
  readonly derived: readonly DerivedAdapter[];
  /** The oldest release that is served; `undefined` for all. */
  readonly floor: string | undefined;
}

/**
 * Every sentence that a server would refuse to start with because of its adapters: one that cannot be right, and
 * every pair of served releases between which nobody said what becomes of a procedure.
 *
 * A tool calls it before there is a server, as `concordat check` does.
 */
export function adapterProblems(parts: AdapterParts): readonly string[] {
  const faults = [...adapterFaults(parts.history, parts.adapters)];
  return faults.length > 0 ? faults : [...silences(parts)];
}

/** Procedures of which nobody said what becomes of them. */
function* silences({ history, adapters, derived, floor }: AdapterParts): Generator<string> {
  const bridges = bridgesOf(adapters, derived);
  const start = floor === undefined ? 0 : history.findIndex(({ release }) => release === floor);
  for (const [index, older] of history.entries()) {
    const newer = history[index + 1];
    if (index < start || newer === undefined) continue;
    const missing = Object.keys(older.procedures).filter(
      (procedure) => fateOf(older, newer, bridges, procedure).kind === "missing",
    );
    if (missing.length > 0)
      yield `no adapter from ${older.release} to ${newer.release} says what becomes of ${missing.join(", ")} ("concordat adapter ${older.release} ${newer.release} --contract ${newer.contract}" drafts one)`;
  }
}

/** Every sentence that says why these adapters cannot stand between the releases of `history`. */
function* adapterFaults(
  history: readonly ReleaseDocument[],
  adapters: readonly Adapter[],
): Generator<string> {
  const numbers = history.map(({ release }) => release);
  const taken = new Set<string>();
  for (const adapter of adapters) {
    const misshapen = [...adapterShapeFaults(adapter)];
    yield* misshapen;
    if (misshapen.length > 0) continue;
    const { from, to } = adapter;
    const older = history[numbers.indexOf(from)];
    const newer = history[numbers.indexOf(from) + 1];
    if (older === undefined || newer?.release !== to) {
      yield `an adapter goes from ${from} to ${to}, which are no neighbouring releases (${numbers.join(", ")})`;
    } else {
      if (taken.has(from)) yield `two adapters go from ${from} to ${to}; write them as one`;
      taken.add(from);
      yield* procedureFaults(adapter, older, newer);
    }
  }
}

function* procedureFaults(
  adapter: Adapter,
  older: ReleaseDocument,
  newer: ReleaseDocument,
): Generator<string> {
  for (const name of Object.keys(adapter.procedures)) {
    const written = writtenFor(adapter, name);
    const before = procedureOf(older, name);
    const where = `the adapter from ${older.release} to ${newer.release}`;
    const misshapen = [...writtenShapeFaults(written)];
    for (const fault of misshapen) yield `${where}, for ${name}, ${fault}`;
    if (misshapen.length > 0) continue;
    if (written === undefined || written === "unimplemented") continue;
    if (before === undefined) {
      yield `${where} is about ${name}, which ${older.release} does not have`;
      continue;
    }
    if (isAnswer(written)) {
      if (before.kind === "serverNotification")
        yield `${where} answers ${name}, which the server tells and nobody asks for; write "unimplemented"`;
      const beside = Object.keys(written).filter((part) => part !== "answer" && part !== "calls");
      if (beside.length > 0)
        yield `${where} answers ${name}, and nothing looks at what it has beside that: ${beside.join(", ")}; do it in the answer, which throws the errors of ${older.release}`;
      for (const called of written.calls ?? []) {
        if (procedureOf(newer, called) === undefined)
          yield `${where} answers ${name} with calls of ${called}, which ${newer.release} does not have`;
      }
      continue;
    }
    const { title } = procedureKinds[before.kind];
    const target = written === "project" ? name : (written.renamedTo ?? name);
    const after = procedureOf(newer, target);
    if (after === undefined) {
      yield `${where} makes ${target} of ${name}, which ${newer.release} does not have; answer it, or write "unimplemented"`;
    } else if (after.kind !== before.kind) {
      const { title: newTitle } = procedureKinds[after.kind];
      yield `${where} makes a ${newTitle} of ${name}, which is a ${title}; answer it, or write "unimplemented"`;
    } else if (written !== "project") {
      for (const fault of partFaults(written, before, after))
        yield `${where}, for ${name}, ${fault}`;
    }
  }
}

/** What of a conversion can never be carried out. */
function* partFaults(
  { request, response, errors = {} }: AnyProcedureConversion,
  before: ProcedureDocument,
  after: ProcedureDocument,
): Generator<string> {
  const { requestStream, responseStream, title } = procedureKinds[before.kind];
  for (const [part, conversion, isStream] of [
    ["request", request, requestStream],
    ["response", response, responseStream],
  ] as const) {
    if (isForStreams(conversion) && !isStream)
      yield `has a stream for the ${part}, of which a ${title} has only one`;
    yield* stepFaults(conversion);
  }
  for (const [name, error] of Object.entries(errors)) {
    if (!Object.hasOwn(after.errors ?? {}, name))
      yield `converts the error ${name}, which the newer release does not have`;
    if (typeof error === "object" && !Object.hasOwn(before.errors ?? {}, error.name))
      yield `makes the error ${error.name} of ${name}, which the older release does not have`;
    if (typeof error === "object") yield* stepFaults(error.payload);
  }
}

function isAnswer(written: Written): written is Extract<Written, { readonly answer: unknown }> {
  return typeof written === "object" && "answer" in written;
}
