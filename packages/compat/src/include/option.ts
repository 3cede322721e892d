/** The ways in which a value can do what is asked with one schema, of which it must take one. */
import type { Opaque } from "../normal/facts.ts";
import type { SchemaNode, Space } from "../normal/node.ts";
import type { Kind, Scalar } from "../normal/value.ts";
import type { Broken } from "./branch.ts";
import { declarationsOf } from "./declaration.ts";
import { fragileParts } from "./fragility.ts";
import { accepted, altered, type Literal, negated, refused, shaken } from "./literal.ts";

/** One way. */
export interface Option {
  readonly literals: readonly Literal[];
  readonly broken?: Broken;
  readonly excluded?: readonly Scalar[];
  readonly lacked?: Opaque;
  /** Choices that come up only where this option is taken. */
  readonly choices?: readonly (readonly Option[])[];
}

/** Not emitted: refused, or holding what the schemas that apply together do not declare. The schema is no mere union. */
export function alterations(node: SchemaNode, kind: Kind, space: Space): readonly Option[] {
  const options: Option[] = [{ literals: [refused(node)] }];
  if (kind !== "array" && kind !== "object") return options;
  const declared = declarationsOf(node, space);
  if ("union" in declared) return options;
  if (declared.ways === undefined) return [...options, { literals: [], lacked: tooManyWays(node) }];
  // Whatever way applies, a part is left undeclared.
  const choices = declared.ways.map(({ guards, facts: parts }): Option[] => [
    ...guards.map((guard) => ({ literals: [negated(guard)] })),
    ...(parts[kind] ? [{ literals: [], broken: { facts: parts, negate: altered } }] : []),
  ]);
  return [...options, { literals: [], choices }];
}

/** Left without something that a rule about the value, or about a part of it, may need. */
export function shocks(node: SchemaNode, kind: Kind, space: Space): readonly Option[] {
  if (kind !== "array" && kind !== "object") return [];
  const declared = declarationsOf(node, space);
  if ("union" in declared)
    return declared.union.map((option) => ({ literals: [accepted(option), shaken(option)] }));
  if (declared.ways === undefined) return [{ literals: [], lacked: tooManyWays(node) }];
  return declared.ways.flatMap(({ guards, facts: parts }): Option[] =>
    parts[kind] === undefined
      ? []
      : [
          { literals: guards, broken: { facts: { [kind]: parts[kind] }, negate: shaken } },
          ...fragileParts(node, kind, parts, space).map((facts) => ({
            literals: guards,
            broken: { facts, negate: altered },
          })),
        ],
  );
}

/** Stands for what is left open where nobody can count what a schema declares. */
function tooManyWays({ id, path }: SchemaNode): Opaque {
  return { key: `declared:${id}`, keyword: "anyOf", path };
}
