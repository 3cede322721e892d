/** The TypeScript blocks of the documents. */
import { readdirSync, readFileSync } from "node:fs";

/** One fenced block. */
export interface Snippet {
  /** The document, relative to the repository. */
  readonly document: string;
  /** The line of its fence, from 1. */
  readonly line: number;
  /** The file that it claims to be from (```` ```ts examples/… ````), or `undefined` for one that stands alone. */
  readonly file: string | undefined;
  readonly text: string;
}

/** Every `ts` block of the README, of those of the packages, and of all documents. */
export function snippets(root: string): readonly Snippet[] {
  // Not recursive from the top: links in node_modules lead through the whole workspace.
  const written = readdirSync(`${root}/docs`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .flatMap(({ name }) =>
      readdirSync(`${root}/docs/${name}`).map((file) => `docs/${name}/${file}`),
    )
    .filter((file) => file.endsWith(".md"))
    .toSorted();
  const ofPackages = readdirSync(`${root}/packages`).map((name) => `packages/${name}/README.md`);
  return ["README.md", ...ofPackages, ...written].flatMap((document) =>
    snippetsOf(document, readFileSync(`${root}/${document}`, "utf8")),
  );
}

function snippetsOf(document: string, text: string): readonly Snippet[] {
  const found: Snippet[] = [];
  let open:
    | { readonly line: number; readonly file: string | undefined; readonly lines: string[] }
    | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    const fence = /^```(\w*)(?: (\S+))?$/.exec(line);
    if (open === undefined && fence?.[1] === "ts") {
      open = { line: index + 1, file: fence[2], lines: [] };
    } else if (open !== undefined && line === "```") {
      found.push({ document, line: open.line, file: open.file, text: open.lines.join("\n") });
      open = undefined;
    } else open?.lines.push(line);
  }
  return found;
}
