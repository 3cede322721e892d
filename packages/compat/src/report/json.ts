/** A comparison for programs. */
import type { Reported } from "./heading.ts";
import { plainValue } from "./printable.ts";

/** The comparison as JSON, indented by two. Its members are those of the object itself. */
export function jsonReport(comparison: Reported): string {
  return JSON.stringify(plainValue(comparison), null, 2);
}
