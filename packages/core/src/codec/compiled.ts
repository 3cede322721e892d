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
    const known = [...this.#made.keys()];
    const text = [
      '"use strict";',
      `const { ${Object.keys(runtime).join(", ")} } = runtime;`,
      `const [${known.join(", ")}] = made;`,
      ...texts,
      `return [${pieces.map((piece) => piece.name).join(", ")}];`,
    ].join("\n");
    const made = functionOf(
      "runtime",
      "made",
      "shapes",
      text,
    )(runtime, [...this.#made.values()], shapes) as readonly unknown[]; // the text ends with a list
    pieces.forEach((piece, index) => this.#made.set(piece.name, made[index]));
    return this.#made.get(name);
  }

  #claim(wish: string): string {
    let name = wish;
    for (let number = 2; this.#names.has(name); number += 1) name = `${wish}${number}`;
    this.#names.add(name);
    return name;
  }
}
