/** Where release documents are compared: what one comparison leaves behind serves the next. */
import type { ProcedureDocument, ReleaseDocument } from "@concordat/core";
import { defaultSearchLimits, Search } from "../include/search.ts";
import { SchemaDocument, Space } from "../normal/node.ts";
import { reader } from "../normal/reader.ts";
import type { Kind } from "../normal/value.ts";
import type { Change } from "./change.ts";
import type { CompareOptions } from "./compare-schemas.ts";
import { Parts } from "./part.ts";
import { Workbench } from "./workbench.ts";

/** A workbench with more schemas on it than this is cleared before the next pair of releases. */
const mostNodes = 100_000;

/** How many findings are remembered: about a hundred megabytes of them. */
const mostChanges = 100_000;

/** How many characters of definitions are remembered, to know them again. */
const mostCharacters = 100_000_000;

/** Two documents ready to be compared. */
export interface Prepared {
  readonly bench: Workbench;
  readonly before: SchemaDocument;
  readonly after: SchemaDocument;
}

/** One procedure as two releases have it. */
export interface ProcedurePair {
  readonly name: string;
  readonly before: ProcedureDocument;
  readonly after: ProcedureDocument;
}

/** What comparisons of releases share. Documents must not change while it is used. */
export class Desk {
  readonly #options: CompareOptions;
  #parts = new Parts();
  #bench: Workbench | undefined;
  #kinds: readonly Kind[] = [];
  #documents = new WeakMap<ReleaseDocument, SchemaDocument>();
  readonly #findings = new Map<string, readonly Change[]>();
  #changes = 0;

  constructor(options: CompareOptions) {
    this.#options = options;
  }

  /** Both documents on one workbench, on which schemas that were there before are still prepared. */
  prepare(before: ReleaseDocument, after: ReleaseDocument): Prepared {
    const bench = this.#benchFor(this.#parts.kindsIn(before, after));
    const document = (root: ReleaseDocument): SchemaDocument => {
      const known = this.#documents.get(root) ?? new SchemaDocument(bench.search.space, root);
      this.#documents.set(root, known);
      return known;
    };
    return { bench, before: document(before), after: document(after) };
  }

  /** What was found when the same two procedures were compared before, in whatever releases they stood. */
  recalled(
    releases: { readonly before: ReleaseDocument; readonly after: ReleaseDocument },
    { name, before, after }: ProcedurePair,
    compare: () => readonly Change[],
  ): readonly Change[] {
    const [left, right] = [
      this.#parts.keyOf(releases.before, before),
      this.#parts.keyOf(releases.after, after),
    ];
    if (left === undefined || right === undefined) return compare();
    const key = `${name} | ${this.#kinds.join()} | ${left} | ${right}`;
    const known = this.#findings.get(key);
    if (known !== undefined) {
      // To the end: what was not asked for the longest is dropped first.
      this.#findings.delete(key);
      this.#findings.set(key, known);
      return known;
    }
    const found = compare();
    this.#findings.set(key, found);
    this.#changes += found.length + 1;
    this.#forget();
    return found;
  }

  #benchFor(kinds: readonly Kind[]): Workbench {
    const isFull = (this.#bench?.search.space.nodes.length ?? 0) > mostNodes;
    if (this.#parts.size > mostCharacters) this.#clear();
    if (this.#bench !== undefined && !isFull && kinds.join() === this.#kinds.join())
      return this.#bench;
    const space = new Space(reader, kinds);
    this.#kinds = kinds;
    this.#documents = new WeakMap();
    this.#bench = new Workbench(
      new Search(space, { ...defaultSearchLimits, ...this.#options.limits }),
    );
    return this.#bench;
  }

  /** Drops what was not asked for the longest. */
  #forget(): void {
    for (const [key, found] of this.#findings) {
      if (this.#changes <= mostChanges) return;
      this.#findings.delete(key);
      this.#changes -= found.length + 1;
    }
  }

  #clear(): void {
    this.#parts = new Parts();
    this.#findings.clear();
    this.#changes = 0;
  }
}
