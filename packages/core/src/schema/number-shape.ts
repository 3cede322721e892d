/** Shapes of numbers. */
import { CheckedShape } from "./check.ts";
import type { Kind } from "./kind.ts";
import { isMultiple } from "./multiple.ts";
import type { SchemaObject } from "./schema.ts";
import type { Shape } from "./shape.ts";

/** What a number may have to satisfy; the keywords of JSON Schema. */
export type NumberRules = Pick<
  SchemaObject,
  "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf"
>;

const kinds: ReadonlySet<Kind> = new Set(["number"]);

/** A finite number. */
export function number(rules: NumberRules = {}): Shape<number> {
  return numberWhere("isFinite", "is not a number", rules);
}

/** A number without a fraction: `1.0` is one, and so is `1e21`. */
export function integer(rules: NumberRules = {}): Shape<number> {
  return numberWhere("isInteger", "is not an integer", rules);
}

function numberWhere(
  kind: "isFinite" | "isInteger",
  otherwise: string,
  rules: NumberRules,
): Shape<number> {
  const bounds = boundsOf(rules);
  const isKind = Number[kind];
  return new CheckedShape(
    (value, visit) => {
      if (typeof value !== "number" || !isKind(value)) return visit.fail(otherwise);
      for (const [holds, reason] of bounds) if (!holds(value)) return visit.fail(reason);
      return value;
    },
    {
      kinds: () => kinds,
      ...(rules.multipleOf === undefined ? { glance: (name) => glanceAt(name, kind, rules) } : {}),
    },
  );
}

function glanceAt(name: string, kind: string, rules: NumberRules): string {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below } = rules;
  const bounds = [
    [">=", minimum],
    ["<=", maximum],
    [">", above],
    ["<", below],
  ] as const;
  const compared = bounds
    .filter(([, bound]) => bound !== undefined)
    .map(([sign, bound]) => `${name} ${sign} ${bound}`);
  return [`Number.${kind}(${name})`, ...compared].join(" && ");
}

type Bound = readonly [holds: (value: number) => boolean, reason: string];

function boundsOf(rules: NumberRules): Bound[] {
  const { minimum, maximum, exclusiveMinimum: above, exclusiveMaximum: below, multipleOf } = rules;
  const bounds: Bound[] = [];
  if (minimum !== undefined) bounds.push([(value) => value >= minimum, `is less than ${minimum}`]);
  if (maximum !== undefined) bounds.push([(value) => value <= maximum, `is more than ${maximum}`]);
  if (above !== undefined) bounds.push([(value) => value > above, `is not more than ${above}`]);
  if (below !== undefined) bounds.push([(value) => value < below, `is not less than ${below}`]);
  if (multipleOf !== undefined) {
    bounds.push([(value) => isMultiple(value, multipleOf), `is not a multiple of ${multipleOf}`]);
  }
  return bounds;
}
