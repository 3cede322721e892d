/**
 * Carries out an adapter's steps the plain way, one after the other.
 *
 * A second reading of what the steps mean: the server fuses them and puts them together, and this judges what comes
 * of it.
 */
import type { AdapterStep, Json } from "@concordat/core";
import { namesIn } from "@concordat/core/internal";

import { isPlainObject } from "./reading.ts";
import { differenceOf } from "./same-value.ts";

type Members = Readonly<Record<string, unknown>>;

/** What steps make of a value. A step that does not fit leaves it as it is. */
export function runSteps(steps: readonly AdapterStep[], value: unknown): unknown {
  return steps.reduce(
    (held, step) => at(namesIn(step.at), held, (part) => changed(step, part)),
    value,
  );
}

function at(names: readonly string[], value: unknown, change: (part: unknown) => unknown): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.map((element: unknown, index) =>
      name === "*" || name === String(index) ? at(rest, element, change) : element,
    );
  }
  if (!isPlainObject(value)) return value;
  return mapped(value, (key, member) =>
    name === "*" || name === key ? at(rest, member, change) : member,
  );
}

function changed(step: AdapterStep, value: unknown): unknown {
  switch (step.step) {
    case "wrap":
      return [value];
    case "head":
      return Array.isArray(value) && value.length > 0 ? (value[0] as unknown) : value;
    case "map":
      return Array.isArray(value)
        ? value.map((each: unknown) => runSteps(step.steps, each))
        : value;
    case "literal":
      return replaced(step.values, value);
    default:
      return isPlainObject(value) ? changedObject(step, value) : value;
  }
}

function changedObject(
  step: Exclude<AdapterStep, { readonly step: "wrap" | "head" | "map" | "literal" }>,
  value: Members,
): unknown {
  switch (step.step) {
    case "rename": {
      if (!has(value, step.from)) return value;
      return { ...without(value, step.from, step.to), ...own(step.to, value[step.from]) };
    }
    case "default":
      return has(value, step.name) ? value : { ...value, ...own(step.name, step.value) };
    case "constant":
      return { ...without(value, step.name), ...own(step.name, step.value) };
    case "drop": {
      const { when } = step;
      const gone = step.names.filter(
        (name) => has(value, name) && (when === undefined || isEqual(value[name], when)),
      );
      return without(value, ...gone);
    }
    case "hoist": {
      const inner = value[step.inside];
      if (!isPlainObject(inner) || !has(inner, step.name)) return value;
      const outer = { ...value, ...own(step.inside, without(inner, step.name)) };
      return { ...without(outer, step.name), ...own(step.name, inner[step.name]) };
    }
    case "plunge": {
      if (!has(value, step.name)) return value;
      const inner = has(value, step.inside) ? value[step.inside] : {};
      if (!isPlainObject(inner)) return value;
      const deeper = { ...without(inner, step.name), ...own(step.name, value[step.name]) };
      return { ...without(value, step.name), ...own(step.inside, deeper) };
    }
    case "variant":
      return has(value, step.tag) && isEqual(value[step.tag], step.is)
        ? runSteps(step.steps, value)
        : value;
  }
}

function replaced(values: readonly (readonly [Json, Json])[], value: unknown): unknown {
  const pair = values.find(([from]) => isEqual(value, from));
  return pair === undefined ? value : pair[1];
}

function isEqual(value: unknown, constant: Json): boolean {
  return differenceOf(constant, value) === undefined;
}

function has(value: Members, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== undefined;
}

function own(name: string, value: unknown): Members {
  return Object.fromEntries([[name, value]]); // also for a name such as __proto__
}

function without(value: Members, ...names: readonly string[]): Members {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}

function mapped(value: Members, change: (name: string, member: unknown) => unknown): Members {
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, change(name, member)]),
  );
}
