/** The codecs of a stub: functions that write what its callers send, and read what they get. */
import type { Schema } from "@concordat/core";
import { Emitter, ReleaseNodes } from "@concordat/core/internal";

import { call, type Code, type Import, member } from "./code.ts";
import { codecCode, type CodecVocabulary, type ShapeValue } from "./codec-code.ts";
import { statementLines } from "./codec-statement.ts";
import type { ConstantStatement, FunctionStatement } from "./module.ts";
import type { Scope } from "./safe-name.ts";
import type { ShapeConstants } from "./shape-constants.ts";
import type { TypeReferences } from "./type-references.ts";

/** Collects the codecs that a module needs. */
export class CodecStatements implements CodecVocabulary {
  readonly statements: (ConstantStatement | FunctionStatement)[] = [];
  readonly #types: TypeReferences;
  readonly #entry: string;
  readonly #shapes: ShapeConstants;
  readonly #nodes: ReleaseNodes;
  readonly #emitter: Emitter;

  /**
   * @param entry The module that the runtime comes from.
   * @param scope The names that are taken; the runtime's must be among them.
   * @param shapes Where the shapes of values without positions go.
   */
  constructor(types: TypeReferences, entry: string, scope: Scope, shapes: ShapeConstants) {
    this.#types = types;
    this.#entry = entry;
    this.#shapes = shapes;
    this.#nodes = new ReleaseNodes(types.names.document.definitions);
    this.#emitter = new Emitter(this.#nodes, (wish) => scope.claim(wish));
  }

  /** What writes or reads a message: `textWriter(writePlaceRequest)`. */
  message(schema: Schema, does: "write" | "read", wish: string): Code {
    const node = this.#nodes.message(schema);
    const before = this.#emitter.pieces.length;
    const name = this.#emitter.message(node, does, wish);
    for (const piece of this.#emitter.pieces.slice(before)) this.#add(piece);
    const role = does === "write" ? "Writer" : "Reader";
    const kind = this.#nodes.hasTexts(node) ? "text" : "plain";
    return call(this.runtime(kind + role), [name]);
  }

  runtime(name: string): Import {
    return { import: name, from: this.#entry, use: "value" };
  }

  shape({ shape }: ShapeValue): Code {
    return this.#shapes.expression(shape);
  }

  #add(piece: Emitter["pieces"][number]): void {
    if ("value" in piece) {
      const value = codecCode(piece.value, this);
      const { name: constant } = piece;
      this.statements.push(...this.#shapes.take(), {
        constant,
        doc: undefined,
        is: undefined,
        value,
        visibility: "internal",
      });
      return;
    }
    const { name, does, body } = piece;
    const state = this.#types.runtime(does === "write" ? "Writer" : "Reader", this.#entry);
    const given =
      does === "write"
        ? [member("to", state), member("value", "unknown")]
        : [member("from", state)];
    const imports: Import[] = [];
    const words: CodecVocabulary = {
      runtime: (wish) => noted(this.runtime(wish), imports),
      shape: (value) => this.shape(value),
    };
    const lines = (isTyped: boolean): readonly string[] =>
      statementLines(body, { indent: 2, does, isTyped, words });
    lines(false); // notes what it imports
    this.statements.push({
      function: name,
      given,
      returns: does === "write" ? "void" : "unknown",
      imports: [...imports],
      lines,
    });
  }
}

function noted(name: Import, imports: Import[]): Import {
  imports.push(name);
  return name;
}
