/** Steps that make another value of the part that they stand at, instead of changing single properties. */
import { equalsJson } from "../schema/equality.ts";
import { isPlainObject } from "../schema/kind.ts";
import { type Members, memberOf, put } from "./member-table.ts";
import type { AdapterStep } from "./step.ts";

/** Does steps with a value, and returns the new one. The given value is never changed. */
export type StepRun = (value: unknown) => unknown;

/** What such a step does with its part. `compile` makes one function of the steps inside it. */
export function runAt(
  step: AdapterStep,
  compile: (steps: readonly AdapterStep[]) => StepRun,
): StepRun {
  switch (step.step) {
    case "wrap":
      return (part) => [part];
    case "head":
      return headOf;
    case "map": {
      const run = compile(step.steps);
      return (part) => (Array.isArray(part) ? part.map((element) => run(element)) : part);
    }
    case "variant": {
      const { tag, is } = step;
      const run = compile(step.steps);
      return (part) =>
        isPlainObject(part) && equalsJson(memberOf(part, tag), is) ? run(part) : part;
    }
    case "literal":
      return (part) => {
        const pair = step.values.find(([from]) => equalsJson(part, from));
        return pair === undefined ? part : pair[1];
      };
    case "hoist":
      return (part) => (isPlainObject(part) ? hoisted(part, step.name, step.inside) : part);
    case "plunge":
      return (part) => (isPlainObject(part) ? plunged(part, step.name, step.inside) : part);
    default:
      return (part) => part; // what only changes properties is done by a table
  }
}

function headOf(part: unknown): unknown {
  if (!Array.isArray(part)) return part;
  const elements: readonly unknown[] = part;
  return elements.length > 0 ? elements[0] : part;
}

function hoisted(part: Members, name: string, inside: string): Members {
  const inner = memberOf(part, inside);
  const value = isPlainObject(inner) ? memberOf(inner, name) : undefined;
  if (!isPlainObject(inner) || value === undefined) return part;
  const result = without(part, name);
  put(result, inside, without(inner, name));
  put(result, name, value);
  return result;
}

function plunged(part: Members, name: string, inside: string): Members {
  const value = memberOf(part, name);
  const inner = memberOf(part, inside) ?? {};
  if (value === undefined || !isPlainObject(inner)) return part;
  const result = without(part, name);
  const holder = without(inner, name);
  put(holder, name, value);
  put(result, inside, holder);
  return result;
}

function without(members: Members, gone: string): Members {
  const rest: Members = {};
  for (const name of Object.keys(members)) if (name !== gone) put(rest, name, members[name]);
  return rest;
}
