/** Codecs as functions that are made of text at run time. For servers: pages forbid it, and so may a server. */
import type { Expression } from "../schema/expression/expression.ts";
import { functionOf, mayCompile } from "../schema/function-of-text.ts";
import type { Shape } from "../schema/shape.ts";
import { textOfPiece } from "./emit/code-text.ts";
import { type Direction, Emitter } from "./emit/emitter.ts";
import { runtime } from "./emit/runtime.ts";
import type { ReadValue, WriteValue } from "./message-codec.ts";
import type { Node } from "./node/node.ts";
import type { ReleaseNodes } from "./node/release-nodes.ts";
import { interpreted, type MakeRunner } from "./release-codecs.ts";

/** Whatever may be a name in a text, also where it stands in a string. */
const identifiers = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;

/** Functions out of text where that is allowed, else closures. */
export const compiled: MakeRunner = (nodes, shapeOf) =>
  mayCompile() ? new Compiler(nodes, shapeOf) : interpreted(nodes, shapeOf);

/** Compiles what messages of one release need, each function once. */
class Compiler {
  readonly #emitter: Emitter;
  readonly #shapeOf: (expression: Expression) => Shape;
  /** Everything that was made so far, by its name in the text. */
  readonly #made = new Map<string, unknown>();
  readonly #names = new Set<string>(Object.keys(runtime));
  /** The number behind the last name of each wish. */
  readonly #numbers = new Map<string, number>();
  #emitted = 0;

  constructor(nodes: ReleaseNodes, shapeOf: (expression: Expression) => Shape) {
    this.#emitter = new Emitter(nodes, (wish) => this.#claim(wish));
    this.#shapeOf = shapeOf;
  }

  writer(node: Node): WriteValue {
    return this.#function(node, "write") as WriteValue; // that is what the emitter was asked for
  }

  reader(node: Node): ReadValue {
    return this.#function(node, "read") as ReadValue; // that is what the emitter was asked for
  }

  #function(node: Node, does: Direction): unknown {
    const name = this.#emitter.message(node, does, "Message");
    const pieces = this.#emitter.pieces.slice(this.#emitted);
    this.#emitted = this.#emitter.pieces.length;
    const shapes: Shape[] = [];
    const texts = pieces.map((piece) =>
      textOfPiece(piece, ({ shape }) => `shapes[${shapes.push(this.#shapeOf(shape)) - 1}]`),
    );
    // Only what these are made of: a release of two thousand messages would name all that were made before in each.
    const words = new Set(texts.join("\n").match(identifiers));
    const known = [...words].filter((word) => this.#made.has(word));
    const text = [
      '"use strict";',
      `const { ${Object.keys(runtime).join(", ")} } = runtime;`,
      `const [${known.join(", ")}] = made;`,
      ...texts,
      `return [${pieces.map((piece) => piece.name).join(", ")}];`,
    ].join("\n");
    const given = known.map((word) => this.#made.get(word));
    const make = functionOf("runtime", "made", "shapes", text);
    const made = make(runtime, given, shapes) as readonly unknown[]; // the text ends with a list
    pieces.forEach((piece, index) => this.#made.set(piece.name, made[index]));
    return this.#made.get(name);
  }

  #claim(wish: string): string {
    let name = wish;
    let number = this.#numbers.get(wish) ?? 1;
    while (this.#names.has(name)) name = `${wish}${(number += 1)}`;
    this.#numbers.set(wish, number);
    this.#names.add(name);
    return name;
  }
}
