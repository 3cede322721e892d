/** All tools of this server. */
import type { Library } from "../resource/library.ts";
import { calculate } from "./calculate.ts";
import { digest } from "./digest.ts";
import { findDocuments } from "./find-documents.ts";
import { remember } from "./remember.ts";
import { textStatistics } from "./text-statistics.ts";
import { tone } from "./tone.ts";
import type { CallableTool } from "./tool.ts";

/** The tools by name, in the order in which they are listed. */
export type ToolBox = ReadonlyMap<string, CallableTool>;

/** The tools of a server with this library. */
export function toolBox(library: Library): ToolBox {
  const tools = [
    calculate,
    textStatistics,
    digest,
    tone,
    findDocuments(library),
    remember(library.notes),
  ];
  return new Map(tools.map((tool) => [tool.definition.name, tool]));
}
