/** Closures that write values without parts. */
import type { Expression } from "../../schema/expression/expression.ts";
import type { Shape } from "../../schema/shape.ts";
import { Choices } from "../choices.ts";
import { writeFree } from "../free-form.ts";
import type { WriteValue } from "../message-codec.ts";
import type { Node } from "../node/node.ts";
import { writeInteger, writeNumber } from "../write/number.ts";
import { writeBoolean, writeChoice, writeNever, writeText } from "../write/scalar.ts";
import { writeBigInteger, writeBytes, writeTimestamp } from "../write/wire-type.ts";
import { numberCheck, textCheck } from "./rule-check.ts";

/** The writer of a node that has no parts of its own. */
export function leafWriter(node: Node, shapeOf: (expression: Expression) => Shape): WriteValue {
  switch (node.kind) {
    case "text": {
      const check = textCheck(node.rules);
      return check === undefined ? writeText : (to, value) => check(writeText(to, value));
    }
    case "integer":
    case "number": {
      const write = node.kind === "integer" ? writeInteger : writeNumber;
      const check = numberCheck(node.rules);
      return check === undefined ? write : (to, value) => check(write(to, value));
    }
    case "boolean":
      return writeBoolean;
    case "bytes":
      return writeBytes;
    case "timestamp":
      return writeTimestamp;
    case "bigint":
      return writeBigInteger;
    case "choice": {
      const choices = new Choices(node.values);
      return (to, value) => writeChoice(to, value, choices);
    }
    case "free": {
      const shape = shapeOf(node.expression);
      return (to, value) => writeFree(to, value, shape);
    }
    default:
      return writeNever;
  }
}
