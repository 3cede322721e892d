/** What becomes of one procedure between two neighbouring releases. */
import type { ProcedureDocument, ReleaseDocument } from "@concordat/core";
import { isSameLine } from "@concordat/core/internal";

import type { Adapter, Answer, Conversion, ProcedureMessages } from "./adapter.ts";

/** Converts one value by one release. */
export type Convert = (value: unknown) => unknown;

/** An answer with the types of its messages forgotten: it runs on values that were checked. */
export type AnyAnswer = Answer<ProcedureMessages[string], ProcedureMessages>["answer"];

/** What becomes of a procedure. */
export type Fate =
  | {
      readonly kind: "conversion";
      /** Its name in the newer release. */
      readonly name: string;
      readonly request: Convert | undefined;
      readonly response: Convert | undefined;
    }
  | { readonly kind: "answer"; readonly answer: AnyAnswer }
  /** It ends here on purpose. */
  | { readonly kind: "unimplemented" }
  /** Nobody said. */
  | { readonly kind: "missing" };

/** What an adapter says about one procedure, with the types of its messages forgotten. */
export type Written =
  | "project"
  | "unimplemented"
  | { readonly answer: AnyAnswer }
  | Conversion<ProcedureMessages[string], ProcedureMessages[string]>;

/** What becomes of procedure `name`: what the adapter says, else what the releases themselves prove. */
export function fateOf(
  older: ReleaseDocument,
  newer: ReleaseDocument,
  adapter: Adapter | undefined,
  name: string,
): Fate {
  const written = adapter === undefined ? undefined : writtenFor(adapter, name);
  if (written === "unimplemented") return { kind: "unimplemented" };
  if (written === "project") return pass(name);
  if (written !== undefined && "answer" in written)
    return { kind: "answer", answer: written.answer };
  if (written !== undefined) {
    const { renamedTo = name, request, response } = written;
    return { kind: "conversion", name: renamedTo, request, response };
  }
  const before = procedureOf(older, name);
  const after = procedureOf(newer, name);
  if (before === undefined || after === undefined) return { kind: "missing" };
  if (before.fingerprint === after.fingerprint) return pass(name);
  // Inside one line of releases the tool has proved that nothing has to be written: that is what its number says.
  const isProved = isSameLine(older.release, newer.release) && before.kind === after.kind;
  return isProved ? pass(name) : { kind: "missing" };
}

/** What an adapter says about procedure `name`, or `undefined`. */
export function writtenFor({ procedures }: Adapter, name: string): Written | undefined {
  return Object.hasOwn(procedures, name) ? procedures[name] : undefined;
}

/** A procedure of a release, or `undefined`. */
export function procedureOf(
  { procedures }: ReleaseDocument,
  name: string,
): ProcedureDocument | undefined {
  return Object.hasOwn(procedures, name) ? procedures[name] : undefined;
}

function pass(name: string): Fate {
  return { kind: "conversion", name, request: undefined, response: undefined };
}
