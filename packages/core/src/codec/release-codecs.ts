/** The codecs of one release's messages, for either way to run them. */
import type { Expression } from "../schema/expression/expression.ts";
import type { Definitions, Schema } from "../schema/schema.ts";
import type { Shape } from "../schema/shape.ts";
import { expressionShapesIn } from "../schema/shape-of-schema.ts";
import { Interpreter } from "./interpret/interpreter.ts";
import {
  type MessageReader,
  type MessageWriter,
  plainReader,
  plainWriter,
  type ReadValue,
  textReader,
  textWriter,
  type WriteValue,
} from "./message-codec.ts";
import type { Node } from "./node/node.ts";
import { ReleaseNodes } from "./node/release-nodes.ts";

/** Makes functions of nodes. */
export interface NodeRunner {
  writer(node: Node): WriteValue;
  reader(node: Node): ReadValue;
}

/** Makes a runner for the nodes of one release. */
export type MakeRunner = (
  nodes: ReleaseNodes,
  shapeOf: (expression: Expression) => Shape,
) => NodeRunner;

/** Closures: they run everywhere. */
export const interpreted: MakeRunner = (nodes, shapeOf) => new Interpreter(nodes, shapeOf);

/** Codecs for the messages of one release, made when they are asked for. */
export class ReleaseCodecs {
  readonly #nodes: ReleaseNodes;
  readonly #runner: NodeRunner;

  constructor(definitions: Definitions, makeRunner: MakeRunner) {
    this.#nodes = new ReleaseNodes(definitions);
    this.#runner = makeRunner(this.#nodes, expressionShapesIn(definitions));
  }

  /** @throws TypeError when the schema refers to a definition that is not there. */
  writer(schema: Schema): MessageWriter {
    const node = this.#nodes.message(schema);
    const write = this.#runner.writer(node);
    return this.#nodes.hasTexts(node) ? textWriter(write) : plainWriter(write);
  }

  /** @throws TypeError when the schema refers to a definition that is not there. */
  reader(schema: Schema): MessageReader {
    const node = this.#nodes.message(schema);
    const read = this.#runner.reader(node);
    return this.#nodes.hasTexts(node) ? textReader(read) : plainReader(read);
  }
}
