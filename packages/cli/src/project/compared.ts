/** A comparison, and what is known of whom its findings meet. */
import type { Change, Comparison } from "./comparison.ts";
import type { Allowance } from "./config-file.ts";
import type { Used } from "./usage.ts";

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
