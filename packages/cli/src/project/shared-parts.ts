/** One copy of what several releases say in the same words: a long history is read whole, and changes little at a time. */
import type { ReleaseDocument } from "@concordat/core";

/** Remembers procedures and definitions by their texts. */
export class SharedParts {
  readonly #procedures = new Map<string, ReleaseDocument["procedures"][string]>();
  readonly #definitions = new Map<string, ReleaseDocument["definitions"][string]>();

  /** The same release, made of parts that are known already wherever it can be. */
  of(release: ReleaseDocument): ReleaseDocument {
    return {
      ...release,
      procedures: shared(this.#procedures, release.procedures),
      definitions: shared(this.#definitions, release.definitions),
    };
  }
}

function shared<Part>(
  known: Map<string, Part>,
  named: Readonly<Record<string, Part>>,
): Readonly<Record<string, Part>> {
  return Object.fromEntries(
    Object.entries(named).map(([name, part]) => {
      const text = JSON.stringify(part);
      const first = known.get(text) ?? part;
      known.set(text, first);
      return [name, first];
    }),
  );
}
