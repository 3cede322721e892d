/**
 * The repository's own files that are resources: the documents in its root, `docs`, and each package's package.json.
 *
 * A URI is looked up in the list of those files and never becomes a path, so no URI leads anywhere else.
 */
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

import type { Resource, ResourceTemplate } from "../../generated/mcp/types.ts";

/** What a file of this repository is called as a resource: `repo:///docs/guide/first-call.md`. */
const scheme = "repo:///";

const mimeTypes: ReadonlyMap<string, string> = new Map([
  ["md", "text/markdown"],
  ["json", "application/json"],
]);

/** Addresses with a gap that completion knows how to fill. */
export const repositoryTemplates: readonly ResourceTemplate[] = [
  {
    name: "document",
    title: "A page of the documentation",
    uriTemplate: `${scheme}docs/{+path}`,
    mimeType: "text/markdown",
  },
  {
    name: "package",
    title: "A package's description of itself",
    uriTemplate: `${scheme}packages/{name}/package.json`,
    mimeType: "application/json",
  },
];

/** One file that is a resource. */
interface RepositoryFile {
  readonly uri: string;
  /** Relative to the repository, with forward slashes. */
  readonly path: string;
  readonly mimeType: string;
}

/** The files of one checkout. */
export class Repository {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** What can be read, sorted by URI. */
  async list(): Promise<Resource[]> {
    const files = await this.#files();
    return Promise.all(
      [...files.values()].map(async ({ uri, path, mimeType }) => {
        const { size } = await stat(join(this.#root, path));
        return { uri, name: path, mimeType, size };
      }),
    );
  }

  /** The text of a file that is a resource; `undefined` for every other URI. */
  async read(uri: string): Promise<{ text: string; mimeType: string } | undefined> {
    const file = (await this.#files()).get(uri);
    if (file === undefined) return undefined;
    const text = await readFile(join(this.#root, file.path), "utf8");
    return { text, mimeType: file.mimeType };
  }

  /** Listed anew each time: files come and go while a server runs. */
  async #files(): Promise<ReadonlyMap<string, RepositoryFile>> {
    const [root, docs, packages] = await Promise.all([
      this.#filesIn("", "here"),
      this.#filesIn("docs", "below"),
      this.#packageFiles(),
    ]);
    const documents = [...root, ...docs].filter((path) => path.endsWith(".md"));
    const paths = [...documents, ...packages].toSorted();
    return new Map(paths.map((path) => [scheme + path, repositoryFile(path)]));
  }

  async #packageFiles(): Promise<readonly string[]> {
    const folders = await this.#entries("packages", "here");
    const files = await Promise.all(
      folders
        .filter((entry) => entry.isDirectory())
        .map((entry) => this.#filesIn(`packages/${entry.name}`, "here")),
    );
    return files.flat().filter((path) => path.endsWith("/package.json"));
  }

  async #filesIn(folder: string, reach: "here" | "below"): Promise<readonly string[]> {
    const entries = await this.#entries(folder, reach);
    return (
      entries
        // Only plain files: a link may lead out of the repository.
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(join(this.#root, "/").length))
        .map((path) => path.replaceAll("\\", "/"))
        .filter((path) => !path.includes("node_modules/"))
    );
  }

  async #entries(folder: string, reach: "here" | "below") {
    try {
      const options = { withFileTypes: true, recursive: reach === "below" } as const;
      return await readdir(join(this.#root, folder), options);
    } catch {
      return []; // a checkout without this folder has nothing in it
    }
  }
}

function repositoryFile(path: string): RepositoryFile {
  const ending = path.slice(path.lastIndexOf(".") + 1);
  return { uri: scheme + path, path, mimeType: mimeTypes.get(ending) ?? "text/plain" };
}
