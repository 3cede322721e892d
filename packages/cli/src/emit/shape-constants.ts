/** The shapes of a stub as constants: definitions before those that need them, recursion by reference. */
import type { Schema } from "@concordat/core";
import { type CombinatorName, type Expression, expressionOf } from "@concordat/core/internal";

import { call, type Code, type Import, sequence } from "./code.ts";
import type { ConstantStatement } from "./module.ts";
import { constantName, type Scope } from "./safe-name.ts";
import { shapeCode, type ShapeVocabulary } from "./shape-code.ts";
import type { TypeReferences } from "./type-references.ts";

/** Collects the shapes that a module needs, in an order in which they can be made. */
export class ShapeConstants implements ShapeVocabulary {
  readonly #statements: ConstantStatement[] = [];
  readonly #types: TypeReferences;
  readonly #entry: string;
  readonly #scope: Scope;
  readonly #names = new Map<string, string>();
  readonly #made = new Set<string>();

  /**
   * @param entry The module that the combinators come from.
   * @param scope The names of constants that are taken; combinators must be among them.
   */
  constructor(types: TypeReferences, entry: string, scope: Scope) {
    this.#types = types;
    this.#entry = entry;
    this.#scope = scope;
  }

  /** The shape of an expression: the calls themselves. */
  expression(expression: Expression): Code {
    return shapeCode(expression, this);
  }

  /** Takes out the constants that were made since the last time. */
  take(): ConstantStatement[] {
    return this.#statements.splice(0);
  }

  definition(name: string): Code {
    const known = this.#names.get(name);
    if (known !== undefined) {
      // Not made yet means that we are inside of it: it will be there when a value comes.
      const isMade = this.#made.has(name);
      return isMade ? known : call(this.combinator("reference"), [`() => ${known}`]);
    }
    const type = this.#types.names.definition(name);
    const constant = this.#claim(type);
    this.#names.set(name, constant);
    const schema: Schema = this.#types.names.document.definitions[name] ?? true;
    const value = shapeCode(expressionOf(schema), this);
    this.#made.add(name);
    return this.#constant(type, constant, value);
  }

  combinator(name: CombinatorName | "reference"): Import {
    return { import: name, from: this.#entry, use: "value" };
  }

  #claim(type: string): string {
    return this.#scope.claim(constantName(`${type}Shape`, "Shape"));
  }

  #constant(type: string, constant: string, value: Code): string {
    const named = this.#types.named(type);
    const is = sequence(this.#types.runtime("Shape", this.#entry), "<", named, ">");
    this.#statements.push({ constant, doc: undefined, is, value, visibility: "internal" });
    return constant;
  }
}
