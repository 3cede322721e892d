/** Shapes of objects whose properties the contract does not declare. */
import { CheckedShape } from "./check.ts";
import { copyOf } from "./copy.ts";
import { MISMATCH } from "./visit.ts";
import { isPlainObject, type Kind } from "./kind.ts";
import { has, type ObjectRules, rulesOf } from "./object-rules.ts";
import { Undeclared } from "./projection.ts";
import type { Shape } from "./shape.ts";

/** What an object without declared properties has to satisfy. */
export interface OpenObjectRules extends ObjectRules {
  /** Names of properties that must be there, whatever their value. Default: none. */
  readonly required?: readonly string[];
}

const kinds: ReadonlySet<Kind> = new Set(["object"]);

/** Any plain object. All of it is kept, unless another shape of the same value declares properties. */
export function openObject<T>(rules: OpenObjectRules = {}): Shape<T> {
  const { dependentRequired = {} } = rules;
  // In one order, whatever the document's: equal fingerprints say the same of a value.
  const required = (rules.required ?? []).toSorted();
  const wholeRules = rulesOf(rules);
  const named = [...new Set([...required, ...Object.values(dependentRequired).flat()])];
  return new CheckedShape(
    (value, visit, raw) => {
      if (!isPlainObject(value)) return visit.fail("is not an object");
      const missing = required.find((name) => !has(value, name));
      if (missing !== undefined) return visit.failAt(missing, "is missing");
      for (const rule of wholeRules) if (rule(value, visit) === MISMATCH) return MISMATCH;
      return raw ? new Undeclared(value, keptOf(value, named)) : copyOf(value, visit);
    },
    { kinds: () => kinds },
  );
}

function keptOf(
  value: Record<string, unknown>,
  names: readonly string[],
): Record<string, unknown> | undefined {
  if (names.length === 0) return undefined;
  const present = names.filter((name) => has(value, name));
  return Object.fromEntries(present.map((name) => [name, new Undeclared(value[name])]));
}
