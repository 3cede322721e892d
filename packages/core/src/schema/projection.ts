/** What several schemas keep of one value, put together. */
import { setProperty } from "../index-name.ts";
import { copyOf } from "./copy.ts";
import { type Visit, MISMATCH } from "./visit.ts";
import { isPlainObject } from "./kind.ts";

/** A value, or a part of one, that matches a schema which does not say what is in it. */
export class Undeclared {
  readonly value: unknown;
  /** What stays even where another schema does declare properties: a required one must not get lost. */
  readonly kept: Record<string, unknown> | undefined;

  constructor(value: unknown, kept?: Record<string, unknown>) {
    this.value = value;
    this.kept = kept;
  }
}

/** What a schema keeps of a value when it says nothing about what is in it. */
export function undeclared(value: unknown, visit: Visit, raw: boolean): unknown {
  return raw ? new Undeclared(value) : copyOf(value, visit);
}

/** What two schemas keep of the same value: all that either of them declares. */
export function merged(left: unknown, right: unknown): unknown {
  if (left instanceof Undeclared) return mergedWithUndeclared(left, right);
  if (right instanceof Undeclared) return mergedWithUndeclared(right, left);
  if (Array.isArray(left) && Array.isArray(right)) {
    const others: readonly unknown[] = right;
    return left.map((element: unknown, index) => merged(element, others[index]));
  }
  if (isPlainObject(left) && isPlainObject(right)) return mergedObjects(left, right);
  return left;
}

function mergedWithUndeclared(open: Undeclared, other: unknown): unknown {
  if (other instanceof Undeclared) {
    if (open.kept === undefined || other.kept === undefined)
      return open.kept === undefined ? other : open;
    return new Undeclared(open.value, mergedObjects(open.kept, other.kept));
  }
  return open.kept !== undefined && isPlainObject(other) ? mergedObjects(other, open.kept) : other;
}

function mergedObjects(
  left: Record<string, unknown>,
  right: Record<string, unknown>,
): Record<string, unknown> {
  const both: Record<string, unknown> = {};
  for (const name of Object.keys(left)) setProperty(both, name, left[name]);
  for (const name of Object.keys(right)) {
    const own = Object.hasOwn(left, name) ? merged(left[name], right[name]) : right[name];
    setProperty(both, name, own);
  }
  return both;
}

/** The same without anything left open: what no schema declares is copied, if it may travel. */
export function finished(projection: unknown, visit: Visit): unknown {
  if (projection instanceof Undeclared) return copyOf(projection.value, visit);
  const isArray = Array.isArray(projection);
  if (!isArray && !isPlainObject(projection)) return projection;
  if (!visit.enter(projection)) return MISMATCH;
  const result = isArray ? finishedArray(projection, visit) : finishedObject(projection, visit);
  visit.leave();
  return result;
}

function finishedArray(elements: readonly unknown[], visit: Visit): unknown {
  const result: unknown[] = [];
  for (let index = 0; index < elements.length; index += 1) {
    const element = finished(elements[index], visit);
    if (element === MISMATCH) return visit.under(index);
    result.push(element);
  }
  return result;
}

function finishedObject(object: Record<string, unknown>, visit: Visit): unknown {
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(object)) {
    const member = finished(object[name], visit);
    if (member === MISMATCH) return visit.under(name);
    setProperty(result, name, member);
  }
  return result;
}

/** How many properties of a value a projection leaves out. */
export function lossOf(value: unknown, projection: unknown): number {
  if (projection instanceof Undeclared) return 0;
  let loss = 0;
  if (Array.isArray(projection) && Array.isArray(value)) {
    const elements: readonly unknown[] = value;
    projection.forEach((element: unknown, index) => (loss += lossOf(elements[index], element)));
  } else if (isPlainObject(projection) && isPlainObject(value)) {
    for (const name of Object.keys(value)) {
      if (value[name] === undefined) continue;
      loss += Object.hasOwn(projection, name) ? lossOf(value[name], projection[name]) : 1;
    }
  }
  return loss;
}
