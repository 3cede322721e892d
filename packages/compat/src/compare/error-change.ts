/** What became of the named errors of a procedure. */
import type { ProcedureDocument } from "@concordat/core";
import type { Change } from "./change.ts";
import { procedureChange } from "./procedure-change.ts";
import { below } from "../normal/path.ts";
import { textOf } from "../normal/value.ts";

/** Added, removed and renamed errors, and whatever `compare` finds in the payloads of those that stayed. */
export function errorChanges(
  procedure: string,
  before: ProcedureDocument,
  after: ProcedureDocument,
  compare: (error: string) => readonly Change[],
): readonly Change[] {
  const had = new Map(Object.entries(before.errors ?? {}));
  const has = new Map(Object.entries(after.errors ?? {}));
  const removed = [...had].filter(([name]) => !has.has(name));
  const added = [...has].filter(([name]) => !had.has(name));
  const changes: Change[] = [...had.keys()].filter((name) => has.has(name)).flatMap(compare);
  const note = (name: string, rule: "error-added" | "error-removed"): void => {
    changes.push(...procedureChange(procedure, rule, { name }, below("", "errors", name)));
  };
  const [gone, come] = [removed[0], added[0]];
  const isRename =
    gone &&
    come &&
    removed.length === 1 &&
    added.length === 1 &&
    textOf(gone[1]) === textOf(come[1]);
  if (isRename === true) {
    const facts = { before: gone[0], after: come[0] };
    return [
      ...changes,
      ...procedureChange(procedure, "error-renamed", facts, below("", "errors", gone[0])),
    ];
  }
  for (const [name] of removed) note(name, "error-removed");
  for (const [name] of added) note(name, "error-added");
  return changes;
}
