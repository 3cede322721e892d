/** Compares two bare JSON Schemas. */
import type { Schema } from "@concordat/core";
import { defaultSearchLimits, Search, type SearchLimits } from "../include/search.ts";
import { SchemaDocument, Space } from "../normal/node.ts";
import { reader } from "../normal/reader.ts";
import { survey } from "../normal/survey.ts";
import { type Comparison, worst } from "./change.ts";
import { compareMessage } from "./compare-message.ts";
import { guarded } from "./guard.ts";
import { Workbench } from "./workbench.ts";

/** How a comparison may be limited. */
export interface CompareOptions {
  /** How much work one message may take before the answer is `undecided`. */
  readonly limits?: Partial<SearchLimits>;
}

/**
 * Compares two schemas as they are used in one position.
 *
 * For `request` the sender wrote `before` and the receiver `after`; for `response` it is the other way round. Local
 * references are followed. Never throws: what cannot be read or decided is a change with the verdict `undecided`.
 * A tool calls it with any two schemas; for releases there is {@link compareReleases}.
 */
export function compareSchemas(
  before: Schema,
  after: Schema,
  position: "request" | "response",
  options: CompareOptions = {},
): Comparison {
  const isRequest = position === "request";
  const about = { position, direction: "old-client-new-server", isRequest } as const;
  const changes = guarded(about, () => {
    const kinds = [before, after].flatMap((document) => [...survey(document).kinds]);
    const space = new Space(reader, kinds);
    const nodes = [before, after].map((raw) => new SchemaDocument(space, raw).at(raw, ""));
    const [left, right] = nodes;
    if (left === undefined || right === undefined) return [];
    const bench = new Workbench(new Search(space, { ...defaultSearchLimits, ...options.limits }));
    return compareMessage(bench, { before: left, after: right, position, isRequest }, [
      about.direction,
    ]);
  });
  return {
    verdict: worst(changes.map(({ verdict }) => verdict)),
    lossy: [
      ...new Set(changes.flatMap(({ verdict, path }) => (verdict === "lossy" ? [path] : []))),
    ],
    changes,
  };
}
