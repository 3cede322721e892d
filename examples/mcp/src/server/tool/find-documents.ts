/** The tool `find_documents`: which documents mention a text. */
import { Type } from "typebox";

import type { Library } from "../resource/library.ts";
import { type CallableTool, defineTool, textContent } from "./tool.ts";

/** Makes the tool for one library. */
export function findDocuments(library: Library): CallableTool {
  return defineTool({
    name: "find_documents",
    title: "Find documents",
    description: "Links to the documents that mention a text most often, whatever its case.",
    input: Type.Object(
      {
        query: Type.String({ minLength: 2, maxLength: 100 }),
        limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
      },
      { additionalProperties: false },
    ),
    output: Type.Array(Type.Object({ uri: Type.String(), mentions: Type.Integer() })),
    async run({ query, limit = 5 }) {
      const found = (await mentionsOf(query, library)).slice(0, limit);
      if (found.length === 0)
        return { content: [textContent("No document mentions it.")], structuredContent: [] };
      return {
        content: found.map(({ uri }) => ({ type: "resource_link", name: uri, uri })),
        structuredContent: found,
      };
    },
  });
}

async function mentionsOf(
  query: string,
  library: Library,
): Promise<readonly { readonly uri: string; readonly mentions: number }[]> {
  const wanted = query.toLowerCase();
  const all = await Promise.all(
    (await library.list()).map(async ({ uri }) => {
      const text = (await library.read(uri))?.text ?? "";
      return { uri, mentions: text.toLowerCase().split(wanted).length - 1 };
    }),
  );
  return all
    .filter(({ mentions }) => mentions > 0)
    .toSorted((left, right) => right.mentions - left.mentions);
}
