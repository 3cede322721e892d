/** Which kind of value something is: the only place that looks at prototypes. */

/** The kinds of value that travel. */
export type Kind =
  | "null"
  | "boolean"
  | "number"
  | "string"
  | "array"
  | "object"
  | "bytes"
  | "timestamp"
  | "bigint";

/** The kind of a value; undefined for what cannot travel: functions, symbols, class instances, NaN. */
export function kindOf(value: unknown): Kind | undefined {
  switch (typeof value) {
    case "string":
      return "string";
    case "boolean":
      return "boolean";
    case "bigint":
      return "bigint";
    case "number":
      return Number.isFinite(value) ? "number" : undefined;
    case "object":
      return value === null ? "null" : kindOfObject(value);
    default:
      return undefined;
  }
}

function kindOfObject(value: object): Kind | undefined {
  if (Array.isArray(value)) return "array";
  if (isPlainObject(value)) return "object";
  if (value instanceof Uint8Array) return "bytes";
  return value instanceof Date ? "timestamp" : undefined;
}

/** Whether a value is an object without a class: a `Date` or a `Map` is none. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  // Nearly all say so themselves, which is found out without a call into the runtime.
  if (value.constructor === Object) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
