/** How objects travel: which of them have positions. */
import type { Argument, Expression, Member } from "../../schema/expression/expression.ts";
import { isPropertyName } from "../../schema/property-name.ts";
import { shapeIn } from "./shape-argument.ts";
import type { Node, ObjectNode, OtherProperties, PropertyNode } from "./node.ts";

type NodeOf = (expression: Expression) => Node;

/**
 * The node of an object with declared properties, or undefined where it has none.
 *
 * It has none with a rule about all properties together, with a property that two schemas speak of, and with a
 * name that every object has by birth.
 */
export function objectNode(
  members: readonly Member[],
  rules: readonly Member[],
  nodeOf: NodeOf,
): ObjectNode | undefined {
  const others = othersOf(rules, nodeOf);
  if (others === "none") return undefined;
  const { matching } = others ?? {};
  const expression = matching && new RegExp(matching.pattern, "u");
  const isOnce = ([name]: Member): boolean =>
    isPropertyName(name) && expression?.test(name) !== true;
  if (!members.every(isOnce)) return undefined;
  const properties = members.map(([name, argument]) => propertyOf(name, argument, nodeOf));
  return { kind: "object", properties, others };
}

/** The node of an object whose properties are all of one kind, whatever their names. */
export function recordNode(
  value: Expression,
  rules: readonly Member[],
  nodeOf: NodeOf,
): ObjectNode | undefined {
  if (rules.length > 0) return undefined;
  return {
    kind: "object",
    properties: [],
    others: { matching: undefined, rest: nodeOf(value) },
  };
}

function othersOf(rules: readonly Member[], nodeOf: NodeOf): OtherProperties | undefined | "none" {
  let matching: OtherProperties["matching"];
  let rest: Node | undefined;
  for (const [name, argument] of rules) {
    if (name === "additionalProperties") rest = nodeOf(shapeIn(argument));
    else if (name === "patternProperties" && "members" in argument) {
      const [first, second] = argument.members;
      if (second !== undefined) return "none";
      matching = first && { pattern: first[0], node: nodeOf(shapeIn(first[1])) };
    } else return "none";
  }
  return matching === undefined && rest === undefined ? undefined : { matching, rest };
}

function propertyOf(name: string, argument: Argument, nodeOf: NodeOf): PropertyNode {
  if ("call" in argument && argument.call === "optional") {
    return { name, node: nodeOf(shapeIn(argument.arguments[0])), isRequired: false };
  }
  return { name, node: nodeOf(shapeIn(argument)), isRequired: true };
}
