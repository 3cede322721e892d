/** Compares two releases of a contract, procedure by procedure, in both directions. */
import type { ProcedureDocument, ReleaseDocument } from "@concordat/core";
import type { SchemaDocument, SchemaNode } from "../normal/node.ts";
import { below } from "../normal/path.ts";
import { type Change, type Direction, type ReleaseComparison, worst } from "./change.ts";
import { compareMessage } from "./compare-message.ts";
import type { CompareOptions } from "./compare-schemas.ts";
import { Desk, type Prepared, type ProcedurePair } from "./desk.ts";
import { guarded } from "./guard.ts";
import { errorChanges } from "./error-change.ts";
import { procedureChange, procedureChanges } from "./procedure-change.ts";
import type { Verdict } from "../rule/rule.ts";
import type { RuleId } from "../rule/rules.ts";

const directions: readonly Direction[] = ["old-client-new-server", "new-client-old-server"];

/**
 * Compares two releases.
 *
 * A procedure whose fingerprint did not change costs one comparison of texts. `verdict` is the gate: may older
 * clients be served by the newer release? `rollback` is the same for newer clients and an older server. Never throws
 * at what stands in a schema. A server calls it at start-up, a tool before every release. Whoever compares many pairs
 * of releases asks a {@link createComparer}.
 */
export function compareReleases(
  before: ReleaseDocument,
  after: ReleaseDocument,
  options: CompareOptions = {},
): ReleaseComparison {
  return compared(new ReleasePair(before, after, new Desk(options, false)));
}

/** Compares many pairs of releases, and remembers what they have in common. */
export interface Comparer {
  /** The same as {@link compareReleases}, sooner. */
  compareReleases(before: ReleaseDocument, after: ReleaseDocument): ReleaseComparison;
}

/**
 * A comparer for many releases of one contract, such as a working tree and all that it has to serve.
 *
 * Definitions and procedures that several releases share are prepared once, and two procedures that were compared
 * before cost one look-up. Release documents must not be changed while it is used. Its memory is bounded. A tool makes
 * one for each run; for a single pair there is {@link compareReleases}.
 */
export function createComparer(options: CompareOptions = {}): Comparer {
  const desk = new Desk(options, true);
  return {
    compareReleases: (before, after) => compared(new ReleasePair(before, after, desk)),
  };
}

function compared(pair: ReleasePair): ReleaseComparison {
  const changes = pair.changes();
  // There may be hundreds of thousands of changes, and few verdicts.
  const verdicts = { forth: new Set<Verdict>(), back: new Set<Verdict>() };
  const lossy = new Set<string>();
  for (const { verdict, direction, procedure, path } of changes) {
    const isForth = direction === "old-client-new-server";
    verdicts[isForth ? "forth" : "back"].add(verdict);
    if (isForth && verdict === "lossy") lossy.add(`${procedure}: ${path}`);
  }
  return {
    verdict: worst(verdicts.forth),
    rollback: worst(verdicts.back),
    lossy: [...lossy],
    changes,
  };
}

/** What is told to nobody any more does not make calls fail. */
function removalRule({ kind }: ProcedureDocument): RuleId {
  return kind === "serverNotification" ? "server-notification-removed" : "procedure-removed";
}

/** Whether the messages of two procedures have to be compared: they are of one kind, and were edited. */
function isRewritten(before: ProcedureDocument, after: ProcedureDocument): boolean {
  return before.fingerprint !== after.fingerprint && before.kind === after.kind;
}

class ReleasePair {
  readonly #before: ReleaseDocument;
  readonly #after: ReleaseDocument;
  readonly #desk: Desk;
  #prepared: Prepared | undefined;

  constructor(before: ReleaseDocument, after: ReleaseDocument, desk: Desk) {
    this.#before = before;
    this.#after = after;
    this.#desk = desk;
  }

  changes(): readonly Change[] {
    const had = new Map(Object.entries(this.#before.procedures));
    const has = new Map(Object.entries(this.#after.procedures));
    const removed = [...had].filter(([name]) => !has.has(name));
    const added = [...has].filter(([name]) => !had.has(name));
    const changes: Change[] = [];
    for (const [name, procedure] of removed) {
      const targets = added.filter(([, other]) => this.#isSame(procedure, other));
      const twins = removed.filter(([, other]) => this.#isSame(procedure, other));
      const [to] = targets[0] ?? [];
      if (to === undefined || targets.length > 1 || twins.length > 1) {
        changes.push(...procedureChange(name, removalRule(procedure), { name }));
        continue;
      }
      changes.push(...procedureChange(name, "procedure-renamed", { before: name, after: to }));
      added.splice(
        added.findIndex(([other]) => other === to),
        1,
      );
    }
    for (const [name] of added) changes.push(...procedureChange(name, "procedure-added", { name }));
    for (const [name, procedure] of had) {
      const other = has.get(name);
      for (const change of other ? this.#changed(name, procedure, other) : []) changes.push(change);
    }
    return changes;
  }

  #isSame(left: ProcedureDocument, right: ProcedureDocument): boolean {
    return left.fingerprint === right.fingerprint;
  }

  #changed(name: string, before: ProcedureDocument, after: ProcedureDocument): readonly Change[] {
    const about = procedureChanges(name, before, after);
    return isRewritten(before, after)
      ? [...about, ...this.#messages({ name, before, after })]
      : about;
  }

  #messages(pair: ProcedurePair): readonly Change[] {
    const { name, before, after } = pair;
    const compare = (): readonly Change[] => [
      ...this.#message(name, before, after, "request"),
      ...this.#message(name, before, after, "response"),
      ...errorChanges(name, before, after, (error) =>
        this.#message(name, before, after, "error", error),
      ),
    ];
    const releases = { before: this.#before, after: this.#after };
    const kinds = this.#kinds();
    // What cannot even be prepared is told message by message.
    return kinds ? this.#desk.recalled(kinds, pair, releases, compare) : compare();
  }

  #message(
    procedure: string,
    before: ProcedureDocument,
    after: ProcedureDocument,
    part: "request" | "response" | "error",
    error?: string,
  ): readonly Change[] {
    const isRequest = part === "request";
    const streamed = isRequest ? ["clientStream", "bidiStream"] : ["serverStream", "bidiStream"];
    const position = part !== "error" && streamed.includes(before.kind) ? "item" : part;
    const about = {
      position,
      isRequest,
      procedure,
      ...(error !== undefined && { error }),
    } as const;
    const [direction] = directions;
    return guarded({ ...about, direction: direction ?? "old-client-new-server" }, () => {
      const { bench, ...documents } = this.#prepare();
      const steps = error === undefined ? [part] : ["errors", error];
      const node = (document: SchemaDocument, owner: ProcedureDocument): SchemaNode => {
        const raw =
          error === undefined ? owner[isRequest ? "request" : "response"] : owner.errors?.[error];
        return document.at(raw, below("", "procedures", procedure, ...steps));
      };
      const pair = {
        ...about,
        before: node(documents.before, before),
        after: node(documents.after, after),
      };
      return compareMessage(bench, pair, directions);
    });
  }

  /** Both documents, read when the first message has to be compared. */
  #prepare(): Prepared {
    return (this.#prepared ??= this.#desk.prepare(
      { document: this.#before, procedures: this.#rewritten(this.#before, this.#after) },
      { document: this.#after, procedures: this.#rewritten(this.#after, this.#before) },
    ));
  }

  /** The procedures whose messages have to be compared. What no other reaches costs nothing. */
  #rewritten(from: ReleaseDocument, to: ReleaseDocument): readonly ProcedureDocument[] {
    const others = new Map(Object.entries(to.procedures));
    return Object.entries(from.procedures).flatMap(([name, procedure]) => {
      const other = others.get(name);
      return other !== undefined && isRewritten(procedure, other) ? [procedure] : [];
    });
  }

  /** The kinds of value that they speak of beside those of JSON; undefined where they cannot be prepared. */
  #kinds(): Prepared["kinds"] | undefined {
    try {
      return this.#prepare().kinds;
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
  }
}
