/**
 * Objects with the same properties in the same order, and what a table makes of them.
 *
 * Most objects at one place of a message look alike. A function that knows their properties by name copies one several
 * times as fast as a loop does that looks each of them up.
 */
import { functionOf, quoted } from "../schema/function-of-text.ts";
import type { Members } from "./member-table.ts";

/** Where a property of the copy comes from: a property that the object has, or a value. */
export type Origin =
  | { readonly to: string; readonly from: string; readonly isNeeded: boolean }
  | { readonly to: string; readonly value: unknown };

/** What becomes of objects with certain properties. */
export interface Layout {
  /** The properties, in their order. */
  readonly names: readonly string[];
  /** The copy of an object that has them; `undefined` where one that is needed is `undefined`. */
  readonly copy: (members: Members) => Members | undefined;
}

/** Makes a layout. None of the names is `__proto__`. */
export function layoutOf(names: readonly string[], origins: readonly Origin[]): Layout {
  const needed = origins.filter((origin) => "from" in origin && origin.isNeeded);
  const text = [
    '"use strict";',
    "return (members) => {",
    ...needed.map((origin) => `if (${textOf(origin)} === undefined) return undefined;`),
    `return { ${origins.map((origin, at) => `${quoted(origin.to)}: ${textOf(origin, at)}`).join(", ")} };`,
    "};",
  ].join("\n");
  const values = origins.map((origin) => ("value" in origin ? origin.value : undefined));
  // The text is such a function.
  return { names, copy: functionOf("values", text)(values) as Layout["copy"] };
}

/** Whether an object with these properties is of a layout. */
export function isOf(layout: Layout, names: readonly string[]): boolean {
  if (names.length !== layout.names.length) return false;
  for (let index = 0; index < names.length; index += 1)
    if (names[index] !== layout.names[index]) return false;
  return true;
}

function textOf(origin: Origin, at = 0): string {
  return "from" in origin ? `members[${quoted(origin.from)}]` : `values[${at}]`;
}
