/** All resources of a server, wherever they are kept. */
import type { Resource } from "../../generated/mcp/types.ts";
import { Changes } from "./changes.ts";
import { Notes } from "./notes.ts";
import { Repository } from "./repository.ts";

/** The repository's files, and the notes. */
export class Library {
  readonly changes: Changes = new Changes();
  readonly notes: Notes = new Notes(this.changes);
  readonly #repository: Repository;

  /** @param root The folder of the repository. */
  constructor(root: string) {
    this.#repository = new Repository(root);
  }

  async list(): Promise<Resource[]> {
    return [...(await this.#repository.list()), ...this.notes.list()];
  }

  /** A resource's text; `undefined` where there is none of that URI. */
  async read(uri: string): Promise<{ text: string; mimeType: string } | undefined> {
    return this.notes.read(uri) ?? (await this.#repository.read(uri));
  }
}
