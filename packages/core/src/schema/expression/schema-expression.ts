/** What a schema says, as calls of combinators: the only place that knows what a keyword means to a shape. */
import type { CombinatorName } from "../combinator.ts";
import { isText } from "../keyword.ts";
import {
  definitionPrefix,
  type Schema,
  type SchemaObject,
  type SchemaType,
  type WireType,
} from "../schema.ts";
import { arrayExpression, arrayKeywords } from "./array-expression.ts";
import { call, callWith, type Expression, type Member } from "./expression.ts";
import { keywordRules } from "./keyword-rules.ts";
import { objectExpression, objectKeywords } from "./object-expression.ts";
import { listedValues, literalCall, valueExpression } from "./value-expression.ts";

/**
 * The shape of the values that a schema admits, written down.
 *
 * @throws TypeError for a reference to anything but a definition of the release.
 */
export function expressionOf(schema: Schema): Expression {
  if (typeof schema === "boolean") return call(schema ? "anything" : "nothing");
  const [first, ...others] = partsOf(schema);
  if (first === undefined) return call("anything");
  return others.length === 0 ? first : call("allOf", first, ...others);
}

/** A schema means all that its keywords say. */
function partsOf(schema: SchemaObject): Expression[] {
  const { $ref, not, if: test, then, else: otherwise } = schema;
  const values = valueExpression(schema);
  const parts = [
    $ref === undefined ? undefined : { definition: definitionOf($ref) },
    values,
    typedExpression(schema, values !== undefined),
    choiceExpression("union", schema.anyOf),
    choiceExpression("exactlyOne", schema.oneOf),
    ...(schema.allOf ?? []).map(expressionOf),
    not === undefined
      ? undefined
      : isEverything(not)
        ? call("nothing")
        : call("not", expressionOf(not)),
    test === undefined
      ? undefined
      : call("conditional", { members: conditionOf(test, then, otherwise) }),
  ];
  return parts
    .filter((part) => part !== undefined)
    .toSorted((left, right) => turnOf(left) - turnOf(right));
}

/** Which alternative loses least can be said best when everything else that is kept is known. */
function turnOf(part: Expression): number {
  if ("definition" in part) return 1;
  if (part.call === "union" || part.call === "exactlyOne") return 2;
  return part.call === "not" || part.call === "conditional" ? 3 : 0;
}

function definitionOf(reference: string): string {
  if (reference.startsWith(definitionPrefix)) return reference.slice(definitionPrefix.length);
  throw new TypeError(
    `A schema refers to ${JSON.stringify(reference)}; a release refers to ${definitionPrefix}<name> only.`,
  );
}

const wireTypes: Readonly<Record<WireType, CombinatorName>> = {
  bytes: "bytes",
  timestamp: "timestamp",
  bigint: "bigInteger",
};

/** What a schema says about each type of value. Where it lists values, those have been chosen by type already. */
function typedExpression(schema: SchemaObject, isListed: boolean): Expression | undefined {
  const wireType = schema["x-concordat"];
  if (wireType !== undefined) return call(wireTypes[wireType]);
  const { type } = schema;
  if (type === undefined || isListed) return untypedExpression(schema);
  const types: readonly SchemaType[] = typeof type === "string" ? [type] : type;
  const each = types
    .filter((name) => name !== "integer" || !types.includes("number"))
    .map((name) => expressionOfType(schema, name));
  const [only, ...others] = each;
  return only !== undefined && others.length === 0 ? only : call("union", ...each);
}

const numberKeywords = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
] as const;
const stringKeywords = ["minLength", "maxLength", "pattern", "format"] as const;

function expressionOfType(schema: SchemaObject, type: SchemaType): Expression {
  switch (type) {
    case "null":
      return call("literal", { value: null });
    case "boolean":
      return call("boolean");
    case "integer":
    case "number":
      return callWith(type, [], keywordRules(schema, numberKeywords));
    case "string":
      return callWith("string", [], keywordRules(schema, stringKeywords));
    case "array":
      return arrayExpression(schema, expressionOf);
    case "object":
      return objectExpression(schema, expressionOf);
  }
}

const speakingOf = {
  number: numberKeywords,
  string: stringKeywords,
  array: arrayKeywords,
  object: objectKeywords,
} as const;

/** Without a type, a keyword says something about values of its own kind and nothing about others. */
function untypedExpression(schema: SchemaObject): Expression | undefined {
  const members: Member[] = [];
  for (const kind of ["number", "string", "array", "object"] as const) {
    const isSpokenOf = speakingOf[kind].some((keyword) => schema[keyword] !== undefined);
    if (isSpokenOf) members.push([kind, expressionOfType(schema, kind)]);
  }
  return members.length === 0 ? undefined : call("byKind", { members });
}

function choiceExpression(
  name: "union" | "exactlyOne",
  alternatives: readonly Schema[] | undefined,
): Expression | undefined {
  if (alternatives === undefined) return undefined;
  const listed = listedValues(alternatives);
  if (listed !== undefined) return literalCall(listed);
  const [first, ...others] = alternatives.map(expressionOf);
  if (first === undefined) return call("nothing");
  return others.length === 0 ? first : call(name, first, ...others);
}

function isEverything(schema: Schema): boolean {
  return schema === true || (typeof schema === "object" && Object.keys(schema).every(isText));
}

function conditionOf(test: Schema, then?: Schema, otherwise?: Schema): Member[] {
  return [
    ["if", expressionOf(test)],
    ...(then === undefined ? [] : [["then", expressionOf(then)] as const]),
    ...(otherwise === undefined ? [] : [["else", expressionOf(otherwise)] as const]),
  ];
}
