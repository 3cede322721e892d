/** Shapes of texts. */
import { CheckedShape } from "./check.ts";
import { hasAtLeast, hasAtMost } from "./code-points.ts";
import { formats } from "./format/format.ts";
import type { Kind } from "./kind.ts";
import { isMatch } from "./match.ts";
import type { SchemaObject } from "./schema.ts";
import type { Shape } from "./shape.ts";

/** What a text may have to satisfy; the keywords of JSON Schema. Lengths are in code points. */
export type StringRules = Pick<SchemaObject, "minLength" | "maxLength" | "pattern" | "format">;

const kinds: ReadonlySet<Kind> = new Set(["string"]);

/**
 * A text.
 *
 * @throws SyntaxError when the pattern is no regular expression with the flag `u`.
 */
export function string(rules: StringRules = {}): Shape<string> {
  const demands = demandsOf(rules);
  return new CheckedShape(
    (value, visit) => {
      if (typeof value !== "string") return visit.fail("is not a string");
      for (const [holds, reason] of demands) if (!holds(value)) return visit.fail(reason);
      return value;
    },
    {
      kinds: () => kinds,
      ...(demands.length === 0 ? { glance: (name) => `typeof ${name} === "string"` } : {}),
    },
  );
}

type Demand = readonly [holds: (text: string) => boolean, reason: string];

/** Lengths first: a slow pattern must not get a long text. */
function demandsOf({ minLength, maxLength, pattern, format }: StringRules): Demand[] {
  const demands: Demand[] = [];
  if (minLength !== undefined) {
    demands.push([(text) => hasAtLeast(text, minLength), `is shorter than ${minLength}`]);
  }
  if (maxLength !== undefined) {
    demands.push([(text) => hasAtMost(text, maxLength), `is longer than ${maxLength}`]);
  }
  const isFormat = format === undefined ? undefined : formats.get(format);
  if (isFormat !== undefined) demands.push([isFormat, `is not of the format ${format}`]);
  if (pattern !== undefined) {
    const expression = new RegExp(pattern, "u");
    demands.push([(text) => isMatch(expression, text), "does not match the pattern"]);
  }
  return demands;
}
