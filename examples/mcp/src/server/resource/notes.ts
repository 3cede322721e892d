/** Notes that clients asked to remember: resources that live as long as the server. */
import type { Resource } from "../../generated/mcp/types.ts";
import type { Changes } from "./changes.ts";

/** More than a demonstration needs, and too few to fill the memory with. */
const mostNotes = 100;

/** One note. */
export interface Note {
  readonly name: string;
  readonly uri: string;
  readonly text: string;
}

/** The notes of one server. */
export class Notes {
  readonly #byUri = new Map<string, Note>();
  readonly #changes: Changes;

  /** @param changes Is told about every note that is written. */
  constructor(changes: Changes) {
    this.#changes = changes;
  }

  /** Keeps a note, instead of an earlier one of that name; `undefined` when there are too many. */
  write(name: string, text: string): Note | undefined {
    const note: Note = { name, uri: `note:///${name}`, text };
    const isNew = !this.#byUri.has(note.uri);
    if (isNew && this.#byUri.size >= mostNotes) return undefined;
    this.#byUri.set(note.uri, note);
    this.#changes.announce({ what: "resource", uri: note.uri });
    if (isNew) this.#changes.announce({ what: "resource-list" });
    return note;
  }

  list(): Resource[] {
    return [...this.#byUri.values()].map(({ name, uri, text }) => ({
      uri,
      name,
      mimeType: "text/plain",
      size: Buffer.byteLength(text),
    }));
  }

  read(uri: string): { text: string; mimeType: string } | undefined {
    const note = this.#byUri.get(uri);
    return note === undefined ? undefined : { text: note.text, mimeType: "text/plain" };
  }
}
