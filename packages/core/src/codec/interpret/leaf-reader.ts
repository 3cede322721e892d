/** Closures that read values without parts. */
import type { Expression } from "../../schema/expression/expression.ts";
import type { Shape } from "../../schema/shape.ts";
import { Choices } from "../choices.ts";
import { readFree } from "../free-form.ts";
import type { ReadValue } from "../message-codec.ts";
import type { Node } from "../node/node.ts";
import { readInteger, readNumber } from "../read/number.ts";
import { readBoolean, readChoice, readNever, readText } from "../read/scalar.ts";
import { readBigInteger, readBytes, readTimestamp } from "../read/wire-type.ts";
import { numberCheck, textCheck } from "./rule-check.ts";

/** The reader of a node that has no parts of its own. */
export function leafReader(node: Node, shapeOf: (expression: Expression) => Shape): ReadValue {
  switch (node.kind) {
    case "text": {
      const check = textCheck(node.rules);
      return check === undefined ? readText : (from) => check(readText(from));
    }
    case "integer":
    case "number": {
      const read = node.kind === "integer" ? readInteger : readNumber;
      const check = numberCheck(node.rules);
      return check === undefined ? read : (from) => check(read(from));
    }
    case "boolean":
      return readBoolean;
    case "bytes":
      return readBytes;
    case "timestamp":
      return readTimestamp;
    case "bigint":
      return readBigInteger;
    case "choice": {
      const choices = new Choices(node.values);
      return (from) => readChoice(from, choices);
    }
    case "free": {
      const shape = shapeOf(node.expression);
      return (from) => readFree(from, shape);
    }
    default:
      return readNever;
  }
}
