/** Which kinds of value a schema admits by its `type`. */
import type { Reading } from "./reading.ts";
import { isRecord, type Kind, wireKinds } from "./value.ts";

const kindOfType: ReadonlyMap<unknown, Kind> = new Map<unknown, Kind>([
  ["null", "null"],
  ["boolean", "boolean"],
  ["integer", "number"],
  ["number", "number"],
  ["string", "string"],
  ["array", "array"],
  ["object", "object"],
]);

/** The wire's own kind that a schema asks for, if it does. */
export function wireKindOf(raw: unknown): Kind | undefined {
  if (typeof raw !== "object" || raw === null || !Object.hasOwn(raw, "x-concordat"))
    return undefined;
  if (!isRecord(raw)) return undefined;
  return wireKinds.find((kind) => kind === raw["x-concordat"]);
}

/** The kinds that `type`, `nullable` and `x-concordat` admit. */
export function readKinds(reading: Reading): ReadonlySet<Kind> {
  const every = reading.node.document.space.kinds;
  if (reading.has("x-concordat")) {
    const wire = wireKindOf(reading.raw);
    if (wire !== undefined) return new Set([wire]);
    reading.fault("x-concordat", `x-concordat must be one of ${wireKinds.join(", ")}.`);
    return every;
  }
  const type = reading.get("type");
  if (type === undefined) return every;
  const kinds = new Set<Kind>();
  for (const name of Array.isArray(type) ? type : [type]) {
    const kind = kindOfType.get(name);
    if (kind !== undefined) kinds.add(kind);
    else reading.fault("type", `${JSON.stringify(name) ?? "undefined"} is no type of JSON Schema.`);
  }
  // OpenAPI 3.0: nullable speaks only beside a type.
  if (reading.get("nullable") === true) kinds.add("null");
  return kinds;
}

/** Whether numbers must be whole: `integer` without `number` beside it. */
export function isWhole(reading: Reading): boolean {
  const type = reading.get("type");
  const names: readonly unknown[] = Array.isArray(type) ? type : [type];
  return names.includes("integer") && !names.includes("number");
}
