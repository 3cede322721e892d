/** What becomes of one procedure between two neighbouring releases. */
import type { DerivedAdapter, ProcedureDocument, ReleaseDocument } from "@concordat/core";
import { isSameLine } from "@concordat/core/internal";

import type { Adapter, Answer, MetadataConversion } from "./adapter.ts";
import type { AnyConversion } from "./message-conversion.ts";
import type { ProcedureMessages } from "./messages.ts";

/** An answer with the types of its messages forgotten: it runs on values that were checked. */
export type AnyAnswer = Pick<
  Answer<ProcedureMessages[string], ProcedureMessages>,
  "answer" | "calls"
>;

/** What an error of the newer release is in the older one, with the types of the payloads forgotten. */
export type AnyErrorConversion =
  | "generic"
  | { readonly name: string; readonly payload?: AnyConversion };

/** Everything that is converted of a procedure. */
export interface AnyProcedureConversion {
  readonly request?: AnyConversion;
  readonly response?: AnyConversion;
  readonly errors?: { readonly [name: string]: AnyErrorConversion | undefined };
  readonly metadata?: MetadataConversion;
}

/** Who says that nothing but this has to be done: the equal fingerprint, the release number, the tool, or a person. */
export type Source = "identity" | "proved" | "derived" | "written";

/** What becomes of a procedure. */
export type Fate =
  | {
      readonly kind: "conversion";
      /** Its name in the newer release. */
      readonly name: string;
      readonly source: Source;
      readonly conversion: AnyProcedureConversion;
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
  | AnyAnswer
  | (AnyProcedureConversion & { readonly renamedTo?: string });

/** What is known between the releases of one history, by the older release of each pair. */
export interface Bridges {
  readonly written: ReadonlyMap<string, Adapter>;
  readonly derived: ReadonlyMap<string, DerivedAdapter>;
}

const nothing: AnyProcedureConversion = {};

/** The bridges that these adapters are. */
export function bridgesOf(
  written: readonly Adapter[],
  derived: readonly DerivedAdapter[],
): Bridges {
  return {
    written: new Map(written.map((adapter) => [adapter.from, adapter])),
    derived: new Map(derived.map((adapter) => [adapter.from, adapter])),
  };
}

/** What becomes of procedure `name`: what an adapter says, else what was derived, else what the releases prove. */
export function fateOf(
  older: ReleaseDocument,
  newer: ReleaseDocument,
  bridges: Bridges,
  name: string,
): Fate {
  const adapter = bridges.written.get(older.release);
  const written = adapter === undefined ? undefined : writtenFor(adapter, name);
  if (written !== undefined) return writtenFate(written, name);
  const before = procedureOf(older, name);
  const after = procedureOf(newer, name);
  if (before === undefined || after === undefined) return { kind: "missing" };
  if (before.fingerprint === after.fingerprint) return passed(name, "identity", nothing);
  const derived = bridges.derived.get(older.release)?.procedures;
  if (derived !== undefined && Object.hasOwn(derived, name))
    return passed(name, "derived", derived[name] ?? nothing);
  // Inside one line of releases the tool has proved that nothing has to be written: that is what its number says.
  const isProved = isSameLine(older.release, newer.release) && before.kind === after.kind;
  return isProved ? passed(name, "proved", nothing) : { kind: "missing" };
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

function writtenFate(written: Written, name: string): Fate {
  if (written === "unimplemented") return { kind: "unimplemented" };
  if (written === "project") return passed(name, "written", nothing);
  if ("answer" in written) return { kind: "answer", answer: written };
  return passed(written.renamedTo ?? name, "written", written);
}

function passed(name: string, source: Source, conversion: AnyProcedureConversion): Fate {
  return { kind: "conversion", name, source, conversion };
}
