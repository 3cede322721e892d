/** What a command found out, before anybody decided how it looks. */
import type { ExitStatus } from "../exit-status.ts";
import type { Allowance } from "../project/config-file.ts";
import type { Change, Comparison } from "../project/comparison.ts";
import type { Used } from "../project/usage.ts";

/**
 * What kind of thing a remark says.
 *
 * `done`: something was written or holds. `note`: worth knowing. `warning`: worth a look, fails nothing.
 * `problem`: why the command did not do what it was asked. `text`: what was asked for, as it is.
 */
export type RemarkKind = "done" | "note" | "warning" | "problem" | "text";

/** One thing to say. */
export interface Remark {
  readonly kind: RemarkKind;
  readonly text: string;
  /** The file that it is about, for annotations. */
  readonly file?: string;
}

/** A finding that the settings allow, with the entry that says so. */
export interface Allowed {
  readonly change: Change;
  readonly allowance: Allowance;
}

/** Two releases or schemas that were compared. */
export interface Compared {
  /** The contract; absent for bare schemas. */
  readonly contract?: string;
  /** How the older one is called: a release number or a file. */
  readonly before: string;
  /** How the newer one is called. */
  readonly after: string;
  readonly comparison: Comparison;
  readonly allowed: readonly Allowed[];
  /** Who is affected by the breaks among them, where somebody counted. */
  readonly used?: readonly Used[];
  /** The file that an annotation points at; absent where there is none. */
  readonly file?: string;
}

/** A command's result. */
export interface Report {
  readonly status: ExitStatus;
  readonly compared: readonly Compared[];
  readonly remarks: readonly Remark[];
  /** What `--format json` prints. Default: the report itself. */
  readonly result?: unknown;
}
