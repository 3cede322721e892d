/** From what a schema says to how it travels. What has no positions is left to ordinary MessagePack. */
import type { Argument, Call, Expression, Member } from "../../schema/expression/expression.ts";
import type { Json } from "../../schema/schema.ts";
import type { Node, Scalar } from "./node.ts";
import { shapeIn } from "./shape-argument.ts";
import { objectNode, recordNode } from "./object-node.ts";

/** The node of an expression, by itself: whether the alternatives of a union can be told apart is not looked at yet. */
export function nodeOf(expression: Expression): Node {
  if ("definition" in expression) return { kind: "reference", definition: expression.definition };
  return callNode(expression) ?? { kind: "free", expression };
}

function callNode(expression: Call): Node | undefined {
  const [first, second] = expression.arguments;
  switch (expression.call) {
    case "boolean":
    case "bytes":
    case "timestamp":
      return { kind: expression.call };
    case "bigInteger":
      return { kind: "bigint" };
    case "nothing":
      return { kind: "never" };
    case "string":
      return { kind: "text", rules: valuesOf(first) };
    case "integer":
    case "number":
      return { kind: expression.call, rules: valuesOf(first) };
    case "literal":
      return choiceNode(expression.arguments);
    case "array":
      return listNode(first, second);
    case "tuple":
      return tupleNode(first, second);
    case "object":
      return objectNode(membersOf(first), membersOf(second), nodeOf);
    case "record":
      return recordNode(shapeIn(first), membersOf(second), nodeOf);
    case "union":
    case "exactlyOne": {
      const alternatives = expression.arguments.map((each) => nodeOf(shapeIn(each)));
      return { kind: "union", alternatives, telling: undefined, expression };
    }
    default: // anything, allOf, not, conditional, byKind, openObject; optional never stands alone
      return undefined;
  }
}

function choiceNode(given: readonly Argument[]): Node | undefined {
  const values = new Set<Scalar>();
  for (const argument of given) {
    const value = "value" in argument ? argument.value : [];
    if (typeof value === "object" && value !== null) return undefined;
    values.add(value);
  }
  return { kind: "choice", values: [...values] };
}

/** The rules that need no look at two elements together. */
const countRules: ReadonlySet<string> = new Set(["minItems", "maxItems"]);

function listNode(element: Argument | undefined, given: Argument | undefined): Node | undefined {
  if (!membersOf(given).every(([name]) => countRules.has(name))) return undefined;
  return { kind: "list", element: nodeOf(shapeIn(element)), rules: valuesOf(given) };
}

function tupleNode(given: Argument | undefined, others: Argument | undefined): Node | undefined {
  const places = given !== undefined && "list" in given ? given.list : [];
  const members = membersOf(others);
  const rest = members.find(([name]) => name === "rest")?.[1];
  const rules = members.filter(([name]) => name !== "rest");
  if (!rules.every(([name]) => countRules.has(name))) return undefined;
  return {
    kind: "tuple",
    places: places.map((place) => nodeOf(shapeIn(place))),
    rest: rest && nodeOf(shapeIn(rest)),
    rules: { minItems: places.length, ...valuesOf({ members: rules }) },
  };
}

function membersOf(argument: Argument | undefined): readonly Member[] {
  return argument !== undefined && "members" in argument ? argument.members : [];
}

/** Rules as an object: keywords whose values are no shapes. */
function valuesOf(argument: Argument | undefined): Record<string, never> {
  const values = membersOf(argument).map(([name, each]): [string, Json] => [
    name,
    "value" in each ? each.value : null,
  ]);
  // Which keyword holds what is what schema-expression.ts knows.
  return Object.fromEntries(values) as Record<string, never>;
}
