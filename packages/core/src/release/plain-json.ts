/** Whether a value is what JSON can say: found out before a release is made of it. */

/** A part of a value that JSON would lose or change. */
export interface JsonLoss {
  /** Where, as segments that each begin with `/`; empty for the value itself. */
  readonly path: string;
  /** What it is: `a bigint`, `a Date`. */
  readonly what: string;
}

/** The first part of a value that would not survive as JSON, or `undefined`. */
export function jsonLoss(value: unknown, path = ""): JsonLoss | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
      return undefined;
    case "number":
      return Number.isFinite(value) ? undefined : { path, what: `the number ${value}` };
    case "object":
      return value === null ? undefined : partLoss(value, path);
    default:
      return { path, what: value === undefined ? "undefined" : `a ${typeof value}` };
  }
}

/** Whether a value is a JSON object: neither a list nor null. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function partLoss(value: object, path: string): JsonLoss | undefined {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (!Array.isArray(value) && prototype !== Object.prototype && prototype !== null) {
    return { path, what: `a ${Object.prototype.toString.call(value).slice(8, -1)}` };
  }
  for (const [name, part] of Object.entries(value)) {
    const loss = jsonLoss(part, `${path}/${name}`);
    if (loss !== undefined) return loss;
  }
  return undefined;
}
