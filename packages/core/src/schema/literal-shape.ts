/** Shapes of constants and of choices between a few of them. */
import { CheckedShape } from "./check.ts";
import { copyOf } from "./copy.ts";
import { equalsJson } from "./equality.ts";
import { type Kind, kindOf } from "./kind.ts";
import type { Json } from "./schema.ts";
import type { Shape } from "./shape.ts";

/** One of a few values. */
export function literal<T>(...values: readonly Json[]): Shape<T> {
  const kinds = new Set(values.map(kindOf).filter((kind) => kind !== undefined));
  const scalars: ReadonlySet<unknown> = new Set(values.filter((value) => !hasParts(value)));
  const compounds = values.filter(hasParts);
  const reason =
    values.length === 1 && isShort(values[0])
      ? `is not ${JSON.stringify(values[0])}`
      : `is none of the ${values.length} allowed values`;
  return new CheckedShape(
    (value, visit) => {
      if (scalars.has(value)) return value;
      if (compounds.some((constant) => equalsJson(value, constant))) return copyOf(value, visit);
      return visit.fail(reason);
    },
    {
      kinds: (): ReadonlySet<Kind> => kinds,
      values: () => (compounds.length === 0 ? scalars : undefined),
    },
  );
}

function hasParts(value: Json): boolean {
  return typeof value === "object" && value !== null;
}

function isShort(value: Json | undefined): boolean {
  return typeof value !== "string" || value.length <= 40;
}
