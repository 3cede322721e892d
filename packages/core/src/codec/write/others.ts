/** Properties that are not declared one by one, into a message. */
import { putListHead } from "../../wire/sink.ts";
import type { OtherNames } from "../other-names.ts";
import { within } from "../within.ts";
import type { Members } from "./compound.ts";
import { writeText } from "./scalar.ts";
import type { Writer } from "./writer.ts";

/** The names of the other properties; the head of the list of names and values is written. */
export function beginOthers(to: Writer, members: Members, others: OtherNames): readonly string[] {
  const names = others.in(members);
  putListHead(to, names.length * 2);
  return names;
}

/** The name of one of them. */
export function writeName(to: Writer, name: string, others: OtherNames): void {
  others.check(name);
  writeText(to, name);
}

/** Makes sure that an object has none. */
export function checkClosed(members: Members, others: OtherNames): void {
  for (const name of others.in(members)) {
    try {
      others.check(name);
    } catch (error) {
      throw within(error, name);
    }
  }
}
