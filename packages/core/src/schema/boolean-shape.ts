/** Shapes of `true` and `false`. */
import { CheckedShape } from "./check.ts";
import type { Kind } from "./kind.ts";
import type { Shape } from "./shape.ts";

const kinds: ReadonlySet<Kind> = new Set(["boolean"]);

/** A boolean. */
export function boolean(): Shape<boolean> {
  return new CheckedShape(
    (value, visit) => (typeof value === "boolean" ? value : visit.fail("is not a boolean")),
    { kinds: () => kinds, glance: (name) => `typeof ${name} === "boolean"` },
  );
}
