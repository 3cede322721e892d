/** How a module refers to the types of a release: its own, or those of its neighbour. */
import type { Code, Import } from "./code.ts";
import type { Message, ReleaseNames } from "./release-names.ts";
import { TypeWriter, type Vocabulary } from "./type-of-schema.ts";

/** The types of a release, seen from one module. */
export class TypeReferences implements Vocabulary {
  readonly names: ReleaseNames;
  readonly writer: TypeWriter;
  readonly #from: string | undefined;

  /** @param from The types module, as the importing one names it; undefined within the types module itself. */
  constructor(names: ReleaseNames, from?: string) {
    this.names = names;
    this.#from = from;
    this.writer = new TypeWriter(this, names.document.definitions);
  }

  definition(name: string): Code {
    return this.named(this.names.definition(name));
  }

  /** A release may well call one of its own types `Date`. */
  global(name: string): string {
    return this.names.scope.has(name) ? `globalThis.${name}` : name;
  }

  message({ name, schema }: Message): Code {
    return name === undefined ? this.writer.typeOf(schema) : this.named(name);
  }

  /** A type of the stub's entry, under another name where the release has a type of the same. */
  runtime(name: string, from: string): Import {
    const as = this.names.scope.has(name) ? { as: `Concordat${name}` } : {};
    return { import: name, from, use: "type", ...as };
  }

  /** A type of the release by its name in the types module. */
  named(name: string): Code {
    return this.#from === undefined ? name : { import: name, from: this.#from, use: "type" };
  }
}
