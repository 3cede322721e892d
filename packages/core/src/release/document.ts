/** A frozen release as a document: plain JSON, one file for each release, never edited again. */
import type { Deprecation } from "../error/deprecation.ts";
import type { ProcedureLimits } from "../contract/procedure.ts";
import type { ProcedureKind } from "../contract/procedure-kind.ts";
import type { Definitions, Schema } from "../schema/schema.ts";

/** What the member `concordat` of a release document says. */
export const releaseFormat = "release/1";

/** `sha256:` and 64 hexadecimal digits. */
export type Fingerprint = string;

/** One frozen release of a contract. */
export interface ReleaseDocument {
  readonly concordat: typeof releaseFormat;
  readonly contract: string;
  /** `major.minor.patch`. */
  readonly release: string;
  /** The whole fingerprint of the release before this one, so that history is a chain; null for the first. */
  readonly previous: Fingerprint | null;
  /** The fingerprint of the whole contract: of all its procedures' fingerprints. */
  readonly fingerprint: Fingerprint;
  readonly doc?: string;
  /** By name: `place`, `tools/list`. */
  readonly procedures: { readonly [name: string]: ProcedureDocument };
  readonly definitions: Definitions;
}

/** One procedure of a frozen release. */
export interface ProcedureDocument {
  readonly kind: ProcedureKind;
  /** The request; for a client or bidi stream each item of it; the message of a client notification. */
  readonly request: Schema;
  /** The response; for a server or bidi stream each item of it; the message of a server notification. */
  readonly response: Schema;
  readonly errors?: { readonly [name: string]: Schema };
  readonly idempotent?: boolean;
  readonly deprecated?: Deprecation;
  readonly auth?: readonly string[];
  readonly limits?: ProcedureLimits;
  readonly doc?: string;
  /** Equal fingerprints mean equal messages: what texts and deprecations say does not count. */
  readonly fingerprint: Fingerprint;
}

/** A release document before anybody has given it a number: what freezing a contract yields. */
export type Draft = Omit<ReleaseDocument, "release" | "previous">;
