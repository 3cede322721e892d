/** When two values that travelled are the same, and where they are not. */
import { pointerTo } from "@concordat/core/internal";

import { counted } from "../project/counted.ts";
import { isPlainObject } from "./reading.ts";

/** A place where a value is not what it should be, and what is there. */
export interface Deviation {
  /** A JSON pointer. */
  readonly path: string;
  /** What is wrong there, as the end of a sentence about the value. */
  readonly what: string;
}

/** The first place where two values differ, or `undefined`. What is excepted is not looked at. */
export function differenceOf(
  expected: unknown,
  found: unknown,
  path = "",
  isExcepted: (path: string) => boolean = () => false,
): Deviation | undefined {
  if (isExcepted(path)) return undefined;
  if (Array.isArray(expected) && Array.isArray(found)) {
    if (expected.length !== found.length)
      return {
        path,
        what: `has ${counted(found.length, "element")} instead of ${expected.length}`,
      };
    const others: readonly unknown[] = found;
    return first(expected.keys(), (at) =>
      differenceOf(expected[at], others[at], `${path}/${at}`, isExcepted),
    );
  }
  if (isPlainObject(expected) && isPlainObject(found)) {
    const isLost = (name: string): boolean =>
      !Object.hasOwn(found, name) && !isExcepted(pointerTo(path, name));
    const lost = Object.keys(expected).find(isLost);
    if (lost !== undefined) return { path: pointerTo(path, lost), what: "is lost" };
    const isExtra = (name: string): boolean =>
      !Object.hasOwn(expected, name) && !isExcepted(pointerTo(path, name));
    const extra = Object.keys(found).find(isExtra);
    if (extra !== undefined) return { path: pointerTo(path, extra), what: "comes from nowhere" };
    return first(Object.keys(expected), (name) =>
      differenceOf(expected[name], found[name], pointerTo(path, name), isExcepted),
    );
  }
  return isSameLeaf(expected, found) ? undefined : { path, what: "has another value" };
}

/** The first deviation that a look at each of some parts finds. */
export function first<Part>(
  parts: Iterable<Part>,
  look: (part: Part) => Deviation | undefined,
): Deviation | undefined {
  for (const part of parts) {
    const found = look(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isSameLeaf(left: unknown, right: unknown): boolean {
  if (left instanceof Uint8Array && right instanceof Uint8Array)
    return left.length === right.length && left.every((byte, at) => byte === right[at]);
  if (left instanceof Date && right instanceof Date) return left.getTime() === right.getTime();
  return left === right;
}
