/** Copies of values that the contract says nothing about, as long as they may travel. */
import { type Fault, MISMATCH } from "./fault.ts";
import { isPlainObject } from "./kind.ts";

/** A fresh copy of anything that may travel, or a mismatch. */
export function copyOf(value: unknown, fault: Fault): unknown {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : fault.fail("is not a finite number");
    case "bigint":
      return copyOfBigInteger(value, fault);
    case "object":
      return value === null ? null : copyOfObject(value, fault);
    default:
      return fault.fail(`is of the type ${typeof value}, which cannot travel`);
  }
}

/** The most digits that a big integer may have on the wire, with a minus sign counted as one. */
export const maxDigits = 1_000;
const tooHigh = 10n ** BigInt(maxDigits);
const tooLow = -(10n ** BigInt(maxDigits - 1));

/** A big integer, unless it is too long to travel. */
export function copyOfBigInteger(value: bigint, fault: Fault): unknown {
  if (value < tooHigh && value > tooLow) return value;
  return fault.fail(`has more than ${maxDigits} digits`);
}

/** A moment of its own, unless it is none. */
export function copyOfTimestamp(value: Date, fault: Fault): unknown {
  const time = value.getTime();
  return Number.isNaN(time) ? fault.fail("is not a valid date") : new Date(time);
}

function copyOfObject(value: object, fault: Fault): unknown {
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof Date) return copyOfTimestamp(value, fault);
  const isArray = Array.isArray(value);
  if (!isArray && !isPlainObject(value))
    return fault.fail("is an instance of a class, which cannot travel");
  if (!fault.enter(value)) return MISMATCH;
  const copy = isArray ? copyOfElements(value, fault) : copyOfMembers(value, fault);
  fault.leave();
  return copy;
}

function copyOfElements(elements: readonly unknown[], fault: Fault): unknown {
  const copy: unknown[] = [];
  for (let index = 0; index < elements.length; index += 1) {
    const element = copyOf(elements[index], fault);
    if (element === MISMATCH) return fault.under(index);
    copy.push(element);
  }
  return copy;
}

function copyOfMembers(object: Record<string, unknown>, fault: Fault): unknown {
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(object)) {
    // Assigned, it would become the prototype of the copy.
    if (name === "__proto__") return fault.failAt(name, "cannot be the name of a property");
    const value = object[name];
    if (value === undefined) continue;
    const member = copyOf(value, fault);
    if (member === MISMATCH) return fault.under(name);
    copy[name] = member;
  }
  return copy;
}
