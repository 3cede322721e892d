/** A shape written down as calls, to be run here or printed into a stub: both do the same. */
import type { CombinatorName } from "../combinator.ts";
import type { Json } from "../schema.ts";

/** A call of one combinator. */
export interface Call {
  readonly call: CombinatorName;
  readonly arguments: readonly Argument[];
}

/** The shape of a definition. */
export interface DefinitionName {
  readonly definition: string;
}

/** What stands for one shape. */
export type Expression = Call | DefinitionName;

/** What a combinator is given: shapes, values, and lists and objects of both. */
export type Argument =
  | Expression
  | { readonly value: Json }
  | { readonly list: readonly Argument[] }
  | { readonly members: readonly Member[] };

/** One member of an object that a combinator is given. */
export type Member = readonly [name: string, argument: Argument];

/** Writes a call down. */
export function call(name: CombinatorName, ...given: readonly Argument[]): Call {
  return { call: name, arguments: given };
}

/** A call whose last argument is an object of rules, which is left out when there are none. */
export function callWith(
  name: CombinatorName,
  given: readonly Argument[],
  rules: readonly Member[],
): Call {
  return call(name, ...given, ...(rules.length === 0 ? [] : [{ members: rules }]));
}
