/** Compares two releases of a contract, procedure by procedure, in both directions. */
import type { ProcedureDocument, ReleaseDocument } from "@concordat/core";
import { defaultSearchLimits, Search } from "../include/search.ts";
import { SchemaDocument, type SchemaNode, Space } from "../normal/node.ts";
import { readFacts } from "../normal/read-facts.ts";
import { survey } from "../normal/survey.ts";
import { below } from "../normal/node.ts";
import { type Change, type Direction, type ReleaseComparison, worst } from "./change.ts";
import { compareMessage } from "./compare-message.ts";
import type { CompareOptions } from "./compare-schemas.ts";
import { guarded } from "./guard.ts";
import { errorChanges } from "./error-change.ts";
import { procedureChange, procedureChanges } from "./procedure-change.ts";
import type { RuleId } from "../rule/rules.ts";
import { Workbench } from "./workbench.ts";

const directions: readonly Direction[] = ["old-client-new-server", "new-client-old-server"];

/**
 * Compares two releases.
 *
 * A procedure whose fingerprint did not change costs one comparison of texts. `verdict` is the gate: may older
 * clients be served by the newer release? `rollback` is the same for newer clients and an older server. Never throws
 * at what stands in a schema. A server calls it at start-up, a tool before every release.
 */
export function compareReleases(
  before: ReleaseDocument,
  after: ReleaseDocument,
  options: CompareOptions = {},
): ReleaseComparison {
  const comparison = new ReleasePair(before, after, options);
  const changes = comparison.changes();
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
  readonly #options: CompareOptions;
  #schemas:
    | { readonly bench: Workbench; readonly before: SchemaDocument; readonly after: SchemaDocument }
    | undefined;

  constructor(before: ReleaseDocument, after: ReleaseDocument, options: CompareOptions) {
    this.#before = before;
    this.#after = after;
    this.#options = options;
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
    return [
      ...about,
      ...this.#message(name, before, after, "request"),
      ...this.#message(name, before, after, "response"),
      ...errorChanges(name, before, after, (error) =>
        this.#message(name, before, after, "error", error),
      ),
    ];
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
      const { bench, ...documents } = this.#read();
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
  #read(): {
    readonly bench: Workbench;
    readonly before: SchemaDocument;
    readonly after: SchemaDocument;
  } {
    if (this.#schemas !== undefined) return this.#schemas;
    const space = new Space(readFacts);
    survey(space, this.#before, this.#after);
    const bench = new Workbench(
      new Search(space, { ...defaultSearchLimits, ...this.#options.limits }),
    );
    const before = new SchemaDocument(space, this.#before);
    const after = new SchemaDocument(space, this.#after);
    this.#schemas = { bench, before, after };
    return this.#schemas;
  }
}
