/** What is wrong with an adapter whatever the calls: found when the server starts. */
import { procedureKinds, type ReleaseDocument } from "@concordat/core";

import type { Adapter } from "./adapter.ts";
import { procedureOf, writtenFor, type Written } from "./fate.ts";

/** Every sentence that says why these adapters cannot stand between the releases of `history`. */
export function* adapterFaults(
  history: readonly ReleaseDocument[],
  adapters: readonly Adapter[],
): Generator<string> {
  const numbers = history.map(({ release }) => release);
  const taken = new Set<string>();
  for (const adapter of adapters) {
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
    if (written === undefined || written === "unimplemented") continue;
    if (before === undefined) {
      yield `${where} is about ${name}, which ${older.release} does not have`;
      continue;
    }
    const { title } = procedureKinds[before.kind];
    if (isAnswer(written)) {
      if (before.kind !== "unary")
        yield `${where} answers ${name}, which is a ${title}; only unary ones can be answered`;
      continue;
    }
    const target = written === "project" ? name : (written.renamedTo ?? name);
    const after = procedureOf(newer, target);
    if (after === undefined) {
      yield `${where} makes ${target} of ${name}, which ${newer.release} does not have; answer it, or write "unimplemented"`;
    } else if (after.kind !== before.kind) {
      const { title: newTitle } = procedureKinds[after.kind];
      yield `${where} makes a ${newTitle} of ${name}, which is a ${title}; answer it, or write "unimplemented"`;
    }
  }
}

function isAnswer(written: Written): written is Extract<Written, { readonly answer: unknown }> {
  return typeof written === "object" && "answer" in written;
}
