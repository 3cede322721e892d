/**
 * Carries out the steps of an adapter.
 *
 * Knows nothing of schemas. Values come from a peer: names are only ever looked up as own properties, and nothing
 * that does not fit a step makes it fail; such a value is left as it is, for the check that follows to refuse.
 */
import type { AdapterStep, StepValue } from "./step.ts";

type Members = Readonly<Record<string, unknown>>;

/** The value after all steps, in their order. The given value is never changed. */
export function applySteps(steps: readonly AdapterStep[], value: unknown): unknown {
  return steps.reduce(applyStep, value);
}

function applyStep(value: unknown, step: AdapterStep): unknown {
  return change(value, namesIn(step.at), (part) => inPlace(part, step));
}

function inPlace(part: unknown, step: AdapterStep): unknown {
  switch (step.step) {
    case "wrap":
      return [part];
    case "head":
      return Array.isArray(part) && part.length > 0 ? part[0] : part;
    case "map":
      return Array.isArray(part) ? part.map((element) => applySteps(step.steps, element)) : part;
    case "literal":
      return (
        step.values.find(([from]) => isEqual(from, part))?.[1] ?? replacedByNull(step.values, part)
      );
    default:
      return isMembers(part) ? inObject(part, step) : part;
  }
}

/** `??` cannot tell "mapped to null" from "not listed". */
function replacedByNull(
  values: readonly (readonly [StepValue, StepValue])[],
  part: unknown,
): unknown {
  return values.some(([from]) => isEqual(from, part)) ? null : part;
}

function inObject(part: Members, step: AdapterStep): unknown {
  switch (step.step) {
    case "rename":
      if (!Object.hasOwn(part, step.from)) return part;
      return members(
        Object.entries(part).map(([name, value]) => [name === step.from ? step.to : name, value]),
      );
    case "default":
      return Object.hasOwn(part, step.name) ? part : withMember(part, step.name, step.value);
    case "constant":
      return withMember(part, step.name, step.value);
    case "drop":
      return members(
        Object.entries(part).filter(
          ([name, value]) =>
            !step.names.includes(name) || (step.when !== undefined && !isEqual(step.when, value)),
        ),
      );
    case "hoist": {
      const inside = Object.hasOwn(part, step.inside) ? part[step.inside] : undefined;
      if (!isMembers(inside) || !Object.hasOwn(inside, step.name)) return part;
      const moved = withMember(part, step.name, inside[step.name]);
      return withMember(moved, step.inside, without(inside, step.name));
    }
    case "plunge": {
      if (!Object.hasOwn(part, step.name)) return part;
      const inside = Object.hasOwn(part, step.inside) ? part[step.inside] : {};
      if (!isMembers(inside)) return part;
      const moved = withMember(part, step.inside, withMember(inside, step.name, part[step.name]));
      return without(moved, step.name);
    }
    default:
      return part;
  }
}

/** Replaces every part that a pointer names. */
function change(
  value: unknown,
  names: readonly string[],
  replace: (part: unknown) => unknown,
): unknown {
  const [name, ...rest] = names;
  if (name === undefined) return replace(value);
  if (Array.isArray(value)) {
    return value.map((element: unknown, index) =>
      name === "*" || name === String(index) ? change(element, rest, replace) : element,
    );
  }
  if (!isMembers(value)) return value;
  const hit = (key: string): boolean => name === "*" || key === name;
  return members(
    Object.entries(value).map(([key, part]) => [
      key,
      hit(key) ? change(part, rest, replace) : part,
    ]),
  );
}

function namesIn(pointer: string): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function isMembers(value: unknown): value is Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(value instanceof Uint8Array) && !(value instanceof Date);
}

/** Defines own properties, so that `__proto__` stays a name like any other. */
function members(entries: readonly (readonly [string, unknown])[]): Members {
  return Object.fromEntries(entries);
}

function withMember(part: Members, name: string, value: unknown): Members {
  return members([...Object.entries(part).filter(([key]) => key !== name), [name, value]]);
}

function without(part: Members, name: string): Members {
  return members(Object.entries(part).filter(([key]) => key !== name));
}

function isEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((part, index) => isEqual(part, right[index]));
  }
  if (!isMembers(left) || !isMembers(right)) return false;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && isEqual(left[name], right[name]))
  );
}
