/** Codecs as closures: the same bytes and the same words where no function may be made of text. */
import type { Expression } from "../../schema/expression/expression.ts";
import type { Shape } from "../../schema/shape.ts";
import type { ReadValue, WriteValue } from "../message-codec.ts";
import type { Node } from "../node/node.ts";
import type { ReleaseNodes } from "../node/release-nodes.ts";
import { listReader, tupleReader } from "./array-reader.ts";
import { listWriter, tupleWriter } from "./array-writer.ts";
import { leafReader } from "./leaf-reader.ts";
import { leafWriter } from "./leaf-writer.ts";
import { objectReader } from "./object-reader.ts";
import { objectWriter } from "./object-writer.ts";
import { unionReader, unionWriter } from "./union.ts";

/** Makes closures for messages of one release, for each definition once. */
export class Interpreter {
  readonly #nodes: ReleaseNodes;
  readonly #shapeOf: (expression: Expression) => Shape;
  readonly #writers = new Map<string, WriteValue>();
  readonly #readers = new Map<string, ReadValue>();

  constructor(nodes: ReleaseNodes, shapeOf: (expression: Expression) => Shape) {
    this.#nodes = nodes;
    this.#shapeOf = shapeOf;
  }

  /** A function that writes values of a node. */
  writer(node: Node): WriteValue {
    const inner = (each: Node): WriteValue => this.writer(each);
    switch (node.kind) {
      case "reference":
        return this.#writerOf(node.definition);
      case "object":
        return objectWriter(node, inner);
      case "list":
        return listWriter(node, inner);
      case "tuple":
        return tupleWriter(node, inner);
      case "union":
        return unionWriter(node, inner);
      default:
        return leafWriter(node, this.#shapeOf);
    }
  }

  /** A function that reads values of a node. */
  reader(node: Node): ReadValue {
    const inner = (each: Node): ReadValue => this.reader(each);
    switch (node.kind) {
      case "reference":
        return this.#readerOf(node.definition);
      case "object":
        return objectReader(node, inner);
      case "list":
        return listReader(node, inner);
      case "tuple":
        return tupleReader(node, inner);
      case "union":
        return unionReader(node, inner);
      default:
        return leafReader(node, this.#shapeOf);
    }
  }

  #writerOf(name: string): WriteValue {
    const known = this.#writers.get(name);
    if (known !== undefined) return known;
    // A definition may refer to itself: until it is made, this stands for it.
    let made: WriteValue | undefined;
    this.#writers.set(name, (to, value) => made?.(to, value));
    made = this.writer(this.#nodes.definition(name));
    this.#writers.set(name, made);
    return made;
  }

  #readerOf(name: string): ReadValue {
    const known = this.#readers.get(name);
    if (known !== undefined) return known;
    let made: ReadValue | undefined;
    this.#readers.set(name, (from) => made?.(from));
    made = this.reader(this.#nodes.definition(name));
    this.#readers.set(name, made);
    return made;
  }
}
