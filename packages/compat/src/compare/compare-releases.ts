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
  return compared(new ReleasePair(before, after, new Desk(options)));
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
  const desk = new Desk(options);
  return {
    compareReleases: (before, after) => compared(new ReleasePair(before, after, desk)),
  };
}

function compared(pair: ReleasePair): ReleaseComparison {
  const changes = pair.changes();
  const inDirection = (direction: Direction) =>
    worst(changes.flatMap((change) => (change.direction === direction ? [change.verdict] : [])));
  return {
    verdict: inDirection("old-client-new-server"),
    rollback: inDirection("new-client-old-server"),
    lossy: [
      ...new Set(
        changes.flatMap(({ verdict, direction, procedure, path }) =>
          verdict === "lossy" && direction === "old-client-new-server"
            ? [`${procedure}: ${path}`]
            : [],
        ),
      ),
    ],
    changes,
  };
}

/** What is told to nobody any more does not make calls fail. */
function removalRule({ kind }: ProcedureDocument): RuleId {
  return kind === "serverNotification" ? "server-notification-removed" : "procedure-removed";
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
      if (other !== undefined) changes.push(...this.#changed(name, procedure, other));
    }
    return changes;
  }

  #isSame(left: ProcedureDocument, right: ProcedureDocument): boolean {
    return left.fingerprint === right.fingerprint;
  }

  #changed(name: string, before: ProcedureDocument, after: ProcedureDocument): readonly Change[] {
    const about = procedureChanges(name, before, after);
    if (before.fingerprint === after.fingerprint || before.kind !== after.kind) return about;
    return [...about, ...this.#messages({ name, before, after })];
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
    // What cannot even be prepared is told message by message.
    return this.#isPreparable() ? this.#desk.recalled(releases, pair, compare) : compare();
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
    return (this.#prepared ??= this.#desk.prepare(this.#before, this.#after));
  }

  #isPreparable(): boolean {
    try {
      this.#prepare();
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  }
}
