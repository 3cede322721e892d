/** Where release documents are compared: what one comparison leaves behind serves the next. */
import type { ProcedureDocument, ReleaseDocument } from "@concordat/core";
import { defaultSearchLimits, Search } from "../include/search.ts";
import { SchemaDocument, Space } from "../normal/node.ts";
import { reader } from "../normal/reader.ts";
import { type Kind, wireKinds } from "../normal/value.ts";
import type { Change } from "./change.ts";
import type { CompareOptions } from "./compare-schemas.ts";
import { Parts } from "./part.ts";
import { Workbench } from "./workbench.ts";

/** Workbenches with more schemas on them than this are cleared before the next pair of releases. */
const mostNodes = 25_000;

/** As many documents are held by what was prepared of them. */
const mostDocuments = 50;

/** How many findings are remembered, beside as many as the last pair of releases had. */
const mostChanges = 20_000;

/** How many characters of definitions are remembered, to know them again. */
const mostCharacters = 20_000_000;

/** Two documents ready to be compared. */
export interface Prepared {
  readonly bench: Workbench;
  /** The kinds of value that JSON does not have and the documents speak of, always in the same order. */
  readonly kinds: readonly Kind[];
  readonly before: SchemaDocument;
  readonly after: SchemaDocument;
}

/** The procedures of one release that differ from those of another. */
export interface Changed {
  readonly document: ReleaseDocument;
  readonly procedures: readonly ProcedureDocument[];
}

/** Schemas that speak of the same kinds of value, and the documents that they stand in. */
interface Station {
  readonly bench: Workbench;
  readonly documents: Map<ReleaseDocument, SchemaDocument>;
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
  readonly #isForMany: boolean;
  #parts = new Parts();
  readonly #stations = new Map<string, Station>();
  readonly #findings = new Map<string, readonly Change[]>();
  #changes = 0;
  #latest = 0;

  /** `isForMany`: whether more than one pair of releases is to be compared, so that findings are worth remembering. */
  constructor(options: CompareOptions, isForMany: boolean) {
    this.#options = options;
    this.#isForMany = isForMany;
  }

  /** Both documents on one workbench, on which schemas that were there before are still prepared. */
  prepare(before: Changed, after: Changed): Prepared {
    this.#clear();
    const found = new Set([
      ...this.#parts.kindsIn(before.document, before.procedures),
      ...this.#parts.kindsIn(after.document, after.procedures),
    ]);
    const kinds = wireKinds.filter((kind) => found.has(kind));
    const station = this.#stations.get(kinds.join()) ?? this.#stationFor(kinds);
    const { bench, documents } = station;
    const document = ({ document: root }: Changed): SchemaDocument => {
      const known = documents.get(root) ?? new SchemaDocument(bench.search.space, root);
      documents.set(root, known);
      return known;
    };
    return { bench, kinds, before: document(before), after: document(after) };
  }

  /** What was found when the same two procedures were compared before, in whatever releases they stood. */
  recalled(
    kinds: readonly Kind[],
    { name, before, after }: ProcedurePair,
    releases: { readonly before: ReleaseDocument; readonly after: ReleaseDocument },
    compare: () => readonly Change[],
  ): readonly Change[] {
    if (!this.#isForMany) return compare();
    const left = this.#parts.keyOf(releases.before, before);
    const right = this.#parts.keyOf(releases.after, after);
    if (left === undefined || right === undefined) return compare();
    const key = `${name} | ${kinds.join()} | ${left} | ${right}`;
    const known = this.#findings.get(key);
    const found = known ?? compare();
    this.#latest += found.length + 1;
    // To the end: what was not asked for the longest is dropped first.
    if (known === undefined) this.#changes += found.length + 1;
    else this.#findings.delete(key);
    this.#findings.set(key, found);
    return found;
  }

  #stationFor(kinds: readonly Kind[]): Station {
    const search = new Search(new Space(reader, kinds), {
      ...defaultSearchLimits,
      ...this.#options.limits,
    });
    const station = { bench: new Workbench(search), documents: new Map() };
    this.#stations.set(kinds.join(), station);
    return station;
  }

  /** Makes room: what was not asked for the longest goes first. */
  #clear(): void {
    let [nodes, documents] = [0, 0];
    for (const station of this.#stations.values()) {
      nodes += station.bench.search.space.nodes.length;
      documents += station.documents.size;
    }
    if (nodes > mostNodes || documents >= mostDocuments) this.#stations.clear();
    if (this.#parts.size > mostCharacters) {
      // Their keys are numbers of texts.
      this.#findings.clear();
      this.#changes = 0;
      this.#parts = new Parts();
    }
    for (const [key, found] of this.#findings) {
      // What the last pair had is known to its caller anyway, and the next pair may have most of it.
      if (this.#changes <= mostChanges + this.#latest) break;
      this.#findings.delete(key);
      this.#changes -= found.length + 1;
    }
    this.#latest = 0;
  }
}
