/** When two values are equal in the sense of JSON Schema. */
import { type Visit, MISMATCH } from "./visit.ts";
import { Identities } from "./identities.ts";
import { isPlainObject } from "./kind.ts";
import type { Json } from "./schema.ts";

/** Whether a value equals a constant. Walks no deeper than the constant goes. */
export function equalsJson(value: unknown, constant: Json): boolean {
  if (typeof constant !== "object" || constant === null) return value === constant;
  if (Array.isArray(constant)) {
    const elements: readonly Json[] = constant;
    if (!Array.isArray(value) || value.length !== elements.length) return false;
    const others: readonly unknown[] = value;
    return elements.every((element, index) => equalsJson(others[index], element));
  }
  if (!isPlainObject(value)) return false;
  const members = Object.entries(constant);
  return (
    members.length === definedNames(value).length &&
    members.every(([name, member]) => Object.hasOwn(value, name) && equalsJson(value[name], member))
  );
}

/** The names of the properties that are there: one that is `undefined` is not. */
export function definedNames(object: Record<string, unknown>): string[] {
  return Object.keys(object).filter((name) => object[name] !== undefined);
}

/** A text that two values share exactly when they are equal; a mismatch where a value is too deep to say. */
export function identityOf(value: unknown, visit: Visit): string | typeof MISMATCH {
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Uint8Array) return `bytes ${value.join()}`;
  if (value instanceof Date) return `timestamp ${value.getTime()}`;
  if (Array.isArray(value)) return inside("array", value, visit, elementTexts);
  if (isPlainObject(value)) return inside("object", value, visit, memberTexts);
  return `${typeof value} ${String(value)}`;
}

function inside<T extends object>(
  kind: string,
  value: T,
  visit: Visit,
  textsOf: (value: T, visit: Visit) => string[] | typeof MISMATCH,
): string | typeof MISMATCH {
  const identities = (visit.identities ??= new Identities());
  const known = identities.of(value);
  if (known !== undefined) return known;
  if (!visit.enter(value)) return MISMATCH;
  const texts = textsOf(value, visit);
  visit.leave();
  return texts === MISMATCH ? MISMATCH : identities.name(value, `${kind} [${texts.join()}]`);
}

function elementTexts(elements: readonly unknown[], visit: Visit): string[] | typeof MISMATCH {
  const texts: string[] = [];
  for (const element of elements) {
    const text = identityOf(element, visit);
    if (text === MISMATCH) return MISMATCH;
    texts.push(text);
  }
  return texts;
}

function memberTexts(object: Record<string, unknown>, visit: Visit): string[] | typeof MISMATCH {
  const texts: string[] = [];
  for (const name of definedNames(object).toSorted()) {
    const text = identityOf(object[name], visit);
    if (text === MISMATCH) return MISMATCH;
    texts.push(`${JSON.stringify(name)}:${text}`);
  }
  return texts;
}
