/** The types of an older release in a module of the newest, which does not name them. */
import type { Code, Import } from "./code.ts";
import type { ReleaseNames } from "./release-names.ts";
import { TypeReferences } from "./type-references.ts";

/** Says `unknown` for all of them: only codecs need them, and those check what they are given. */
export class OlderTypes extends TypeReferences {
  readonly #newest: TypeReferences;

  constructor(names: ReleaseNames, newest: TypeReferences) {
    super(names);
    this.#newest = newest;
  }

  /** Called as in the rest of the module, whatever the older release has types for. */
  override runtime(name: string, from: string): Import {
    return this.#newest.runtime(name, from);
  }

  override named(): Code {
    return "unknown";
  }
}
