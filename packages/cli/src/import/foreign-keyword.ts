/** Keywords that contracts do not have: what each becomes, as one table. */
import { isObject } from "@concordat/core/internal";

import type { Weight } from "./import-notes.ts";

type Foreign = Readonly<Record<string, unknown>>;

/** What becomes of a keyword. */
export interface Rewriting {
  /** What to say about it; absent where nothing was changed that anybody could miss. */
  readonly note?: string;
  readonly weight?: Weight;
  /** Members that take the keyword's place. An undefined one is left out. */
  readonly members?: Foreign;
  /** Schemas that have to hold as well. */
  readonly also?: readonly unknown[];
  /** Whether null is allowed beside what the schema says. */
  readonly orNull?: boolean;
}

/** How one keyword is rewritten, from its value and the schema around it. */
type Rewrite = (value: unknown, schema: Foreign) => Rewriting;

const structural: Rewrite = () => ({});

const accepted = (keyword: string): Rewrite => {
  const note = `left out ${keyword}, which contracts do not have: more is accepted than before`;
  return () => ({ note, weight: "warning" });
};

/** Drafts up to 4 say `"minimum": 3, "exclusiveMinimum": true`. */
const exclusive =
  (keyword: string, bound: string): Rewrite =>
  (value, schema) => {
    if (typeof value !== "boolean") return { members: { [keyword]: value } };
    const note = `wrote the draft-04 ${keyword} as a number`;
    if (!value) return { note };
    return { note, members: { [keyword]: schema[bound], [bound]: undefined } };
  };

const conditional = (dependents: unknown): readonly unknown[] =>
  Object.entries(isObject(dependents) ? dependents : {})
    .filter(([, schema]) => !Array.isArray(schema))
    .map(([name, then]) => ({ if: { required: [name] }, then }));

/** Schemas with an outer reach that no subset has, and spellings that newer drafts replaced. */
export const foreignKeywords: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
  ["$schema", structural],
  ["$id", structural],
  ["id", structural],
  ["$anchor", structural],
  ["$vocabulary", structural],
  ["definitions", structural],
  ["$defs", structural],
  ["exclusiveMinimum", exclusive("exclusiveMinimum", "minimum")],
  ["exclusiveMaximum", exclusive("exclusiveMaximum", "maximum")],
  [
    "nullable",
    (value) =>
      value === true
        ? { note: "wrote nullable as a union with null", orNull: true }
        : { note: "left out nullable: false, which says nothing" },
  ],
  [
    "dependencies",
    (value, schema) => {
      const names = Object.entries(isObject(value) ? value : {}).filter(([, each]) =>
        Array.isArray(each),
      );
      const demanded = names.length === 0 ? {} : { dependentRequired: Object.fromEntries(names) };
      // Beside one that is there already, both have to hold.
      const isThere = schema["dependentRequired"] !== undefined;
      return {
        note: "wrote dependencies as dependentRequired and if/then",
        members: isThere ? {} : demanded,
        also: [...(isThere ? [demanded] : []), ...conditional(value)],
      };
    },
  ],
  [
    "dependentSchemas",
    (value) => ({ note: "wrote dependentSchemas as if/then", also: conditional(value) }),
  ],
  ["unevaluatedProperties", accepted("unevaluatedProperties")],
  ["unevaluatedItems", accepted("unevaluatedItems")],
  ["$dynamicRef", accepted("$dynamicRef")],
  ["$recursiveRef", accepted("$recursiveRef")],
  ["contentSchema", accepted("contentSchema")],
  ["disallow", accepted("disallow")],
  ["extends", accepted("extends")],
  ["divisibleBy", accepted("divisibleBy")],
]);

/** What becomes of a keyword that nobody knows: annotations of tools mostly. */
export function unknownKeyword(keyword: string): Rewriting {
  return { note: `left out the unknown keyword ${JSON.stringify(keyword)}`, weight: "note" };
}
