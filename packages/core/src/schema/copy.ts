/** Copies of values that the contract says nothing about, as long as they may travel. */
import { setProperty } from "../index-name.ts";
import { maxDigits, tooHigh, tooLow } from "./big-integer.ts";
import { type Visit, MISMATCH } from "./visit.ts";
import { isPlainObject } from "./kind.ts";

/** A fresh copy of anything that may travel, or a mismatch. */
export function copyOf(value: unknown, visit: Visit): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : visit.fail("is not a finite number");
    case "bigint":
      return copyOfBigInteger(value, visit);
    case "object":
      return value === null ? null : copyOfObject(value, visit);
    default:
      return visit.fail(`is of the type ${typeof value}, which cannot travel`);
  }
}

/** A big integer, unless it is too long to travel. */
export function copyOfBigInteger(value: bigint, visit: Visit): unknown {
  if (value < tooHigh && value > tooLow) return value;
  return visit.fail(`has more than ${maxDigits} digits`);
}

/** A moment of its own, unless it is none. */
export function copyOfTimestamp(value: Date, visit: Visit): unknown {
  const time = value.getTime();
  return Number.isNaN(time) ? visit.fail("is not a valid date") : new Date(time);
}

function copyOfObject(value: object, visit: Visit): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof Date) return copyOfTimestamp(value, visit);
  const isArray = Array.isArray(value);
  if (!isArray && !isPlainObject(value))
    return visit.fail("is an instance of a class, which cannot travel");
  if (!visit.enter(value)) return MISMATCH;
  const copy = isArray ? copyOfElements(value, visit) : copyOfMembers(value, visit);
  visit.leave();
  return copy;
}

function copyOfElements(elements: readonly unknown[], visit: Visit): unknown {
  const copy: unknown[] = [];
  for (let index = 0; index < elements.length; index += 1) {
    const element = copyOf(elements[index], visit);
    if (element === MISMATCH) return visit.under(index);
    copy.push(element);
  }
  return copy;
}

function copyOfMembers(object: Record<string, unknown>, visit: Visit): unknown {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(object)) {
    // Assigned, it would become the prototype of the copy.
    if (name === "__proto__") return visit.failAt(name, "cannot be the name of a property");
    const value = object[name];
    if (value === undefined) continue;
    const member = copyOf(value, visit);
    if (member === MISMATCH) return visit.under(name);
    setProperty(copy, name, member);
  }
  return copy;
}
