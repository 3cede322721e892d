/** The calls that make a shape, as code. */
import type { CombinatorName } from "@concordat/core/internal";
import type { Argument, Expression, Member } from "@concordat/core/internal";

import { call, type Code, type Import, list, member, objectLiteral } from "./code.ts";
import { jsonLiteral, valueKey } from "./literal.ts";

/** How a shape names what stands outside of it. */
export interface ShapeVocabulary {
  /** The shape of a definition. */
  definition(name: string): Code;
  /** A function of the stub's entry. */
  combinator(name: CombinatorName): Import;
}

/** The code of a shape. */
export function shapeCode(expression: Expression, words: ShapeVocabulary): Code {
  if ("definition" in expression) return words.definition(expression.definition);
  const given = expression.arguments.map((argument) => argumentCode(argument, words));
  return call(words.combinator(expression.call), given);
}

function argumentCode(argument: Argument, words: ShapeVocabulary): Code {
  if ("value" in argument) return jsonLiteral(argument.value);
  if ("list" in argument) return list(argument.list.map((each) => argumentCode(each, words)));
  if ("members" in argument) {
    return objectLiteral(argument.members.map((each) => memberCode(each, words)));
  }
  return shapeCode(argument, words);
}

function memberCode([name, argument]: Member, words: ShapeVocabulary): Code {
  return member(valueKey(name), argumentCode(argument, words));
}
