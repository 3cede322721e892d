/** Properties that are not declared one by one, out of a message. */
import { expectName } from "../../index-name.ts";
import { WireError } from "../../wire/wire-error.ts";
import type { OtherNames } from "../other-names.ts";
import { readList } from "./compound.ts";
import type { Reader } from "./reader.ts";
import { readText } from "./scalar.ts";

/** Goes into the list of names and values. Returns how many pairs there are. */
export function readOthers(from: Reader): number {
  const length = readList(from);
  if (length % 2 !== 0) throw new WireError("a name has no value");
  return length / 2;
}

/**
 * The name of the next one.
 *
 * @param object What it is set on. Older stubs do not say.
 */
export function readName(
  from: Reader,
  others: OtherNames,
  object?: Record<string, unknown>,
): string {
  const name = readText(from);
  if (!others.admits(name)) throw new WireError("a property has a name that it may not have here");
  if (object !== undefined) expectName(object, name);
  return name;
}
