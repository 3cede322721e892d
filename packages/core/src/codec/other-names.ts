/** Which names of an object belong to its other properties: those that are not declared one by one. */
import { isMatch } from "../schema/match.ts";
import { Mismatch } from "../schema/shape.ts";
import type { ObjectNode } from "./node/node.ts";

/** What a stub says about an object's other properties. */
export interface OtherNamesRules {
  /** The names of declared properties. Default: there are none. */
  readonly declared?: readonly string[];
  /** The regular expression of the names that have a schema of their own. Default: there is none. */
  readonly pattern?: string;
  /** What becomes of all others: they are kept, left out, or must not be there. */
  readonly rest: "kept" | "dropped" | "refused";
}

/** The other names of one object. */
export class OtherNames {
  readonly #declared: ReadonlySet<string>;
  readonly #pattern: RegExp | undefined;
  readonly #rest: OtherNamesRules["rest"];

  constructor({ declared = [], pattern, rest }: OtherNamesRules) {
    this.#declared = new Set(declared);
    this.#pattern = pattern === undefined ? undefined : new RegExp(pattern, "u");
    this.#rest = rest;
  }

  /** The names in an object that are neither declared nor left out. */
  in(members: Readonly<Record<string, unknown>>): string[] {
    return Object.keys(members).filter((name) => members[name] !== undefined && this.#has(name));
  }

  /** Whether a name has a schema of its own. */
  matches(name: string): boolean {
    return this.#pattern !== undefined && isMatch(this.#pattern, name);
  }

  /** Whether a name may come from a peer. Assigned, `__proto__` would become the prototype of the object. */
  admits(name: string): boolean {
    if (name === "__proto__" || this.#declared.has(name)) return false;
    return this.#rest === "kept" || this.matches(name);
  }

  /** @throws Mismatch where an object may not have a property of this name. */
  check(name: string): void {
    if (name === "__proto__") throw new Mismatch("", "cannot be the name of a property");
    if (!this.admits(name)) throw new Mismatch("", "is not allowed");
  }

  #has(name: string): boolean {
    return !this.#declared.has(name) && (this.#rest !== "dropped" || this.matches(name));
  }
}

/** What is said about the other properties of an object. */
export function otherRules({ properties, others }: ObjectNode): OtherNamesRules {
  const { matching, rest } = others ?? {};
  const declared = properties.map(({ name }) => name);
  return {
    ...(declared.length === 0 ? {} : { declared }),
    ...(matching === undefined ? {} : { pattern: matching.pattern }),
    rest: rest === undefined ? "dropped" : rest.kind === "never" ? "refused" : "kept",
  };
}

/** Makes {@link OtherNames}: what a stub calls. */
export function otherNames(rules: OtherNamesRules): OtherNames {
  return new OtherNames(rules);
}
