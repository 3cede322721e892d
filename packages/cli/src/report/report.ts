/** What a command found out, before anybody decided how it looks. */
import type { ExitStatus } from "../exit-status.ts";
import type { Compared } from "../project/compared.ts";

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

/** A command's result. */
export interface Report {
  readonly status: ExitStatus;
  readonly compared: readonly Compared[];
  readonly remarks: readonly Remark[];
  /** What `--format json` prints. Default: the report itself. */
  readonly result?: unknown;
}
