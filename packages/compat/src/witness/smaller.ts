/** Values a little smaller than a given one, the boldest first. */
import { isRecord } from "../normal/value.ts";

/** Candidates that are smaller than a value: without a part, or with a part made smaller. */
export function* smaller(value: unknown): Generator {
  if (Array.isArray(value)) {
    if (value.length > 1) yield value.slice(0, value.length >> 1);
    for (const index of value.keys()) yield value.toSpliced(index, 1);
    for (const [index, part] of value.entries()) {
      for (const other of smaller(part)) yield value.with(index, other);
    }
  } else if (isRecord(value)) {
    const entries = Object.entries(value);
    for (const [name] of entries)
      yield Object.fromEntries(entries.filter(([other]) => other !== name));
    for (const [name, part] of entries) {
      for (const other of smaller(part)) {
        yield Object.fromEntries(entries.map(([key, held]) => [key, key === name ? other : held]));
      }
    }
  } else if (typeof value === "string") {
    if (value.length > 8) yield value.slice(0, value.length >> 1);
    if (value !== "") yield "";
  } else if (typeof value === "number") {
    for (const simple of [0, 1]) if (Math.abs(value) > simple) yield simple;
    if (Math.abs(value) > 2) yield Math.trunc(value / 2);
  }
}
