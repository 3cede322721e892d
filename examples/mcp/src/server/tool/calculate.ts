/** The tool `calculate`: the value of an arithmetic expression. */
import { Type } from "typebox";

import { valueOfExpression } from "./expression.ts";
import { defineTool, textContent } from "./tool.ts";

export const calculate = defineTool({
  name: "calculate",
  title: "Calculator",
  description:
    "The value of an expression of numbers, + - * / % ^, brackets, pi, e and sqrt(…), ln(…), abs(…).",
  input: Type.Object(
    { expression: Type.String({ minLength: 1, maxLength: 200 }) },
    { additionalProperties: false },
  ),
  output: Type.Number(),
  run({ expression }) {
    const value = valueOfExpression(expression);
    return { content: [textContent(String(value))], structuredContent: value };
  },
});
